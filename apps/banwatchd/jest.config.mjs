import { project } from '../../jest.preset.mjs';

export default { ...project('banwatchd'), globalSetup: '../../tools/jest-bundle.mjs' };
