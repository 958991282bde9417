import { createServer } from 'node:net';

// Listens on the socket that it is told, and is meant to be killed.
createServer().listen(process.argv[2], () => process.stdout.write('listening\n'));
