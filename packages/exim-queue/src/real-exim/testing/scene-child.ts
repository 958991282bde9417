import { type EximRelease, eximScene } from '../../../../../tools/testing/exim/exim-scene.ts';

// Makes a scene with a message that is being delivered, tells where, and waits to be killed.
const scene = await eximScene({ release: process.argv[2] as EximRelease });
const { pid } = await scene.locked();
console.log(JSON.stringify({ folder: scene.folder, pid }));
setInterval(() => undefined, 60_000);
