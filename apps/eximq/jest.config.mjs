import { project } from '../../jest.preset.mjs';

export default { ...project('eximq'), globalSetup: '../../tools/jest-bundle.mjs' };
