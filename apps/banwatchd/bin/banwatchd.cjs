#!/usr/bin/env node
// Names are looked up on threads that the disk needs too: there have to be enough of both (see src/lookups-at-once.ts).
process.env.UV_THREADPOOL_SIZE ??= '24';
require('../bundle/main.cjs');
