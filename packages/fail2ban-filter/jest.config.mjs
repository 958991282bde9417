import { project } from '../../jest.preset.mjs';

export default project('fail2ban-filter');
