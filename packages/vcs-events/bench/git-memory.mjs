// Reads a repository to its end and prints the most memory that took, in MiB: a process of its own for git.bench.mjs.
import { gitCommits } from '@sluice/vcs-events';
import { lastValueFrom } from 'rxjs';

await lastValueFrom(gitCommits(process.argv[2] ?? '.'));
console.log(process.resourceUsage().maxRSS / 1024);
