#!/usr/bin/env node
require('../bundle/banwatch.cjs');
