// Reads a repository to its end and prints the most memory that took, in MiB: a process of its own for svn.bench.mjs.
import { svnCommits } from '@sluice/vcs-events';
import { lastValueFrom } from 'rxjs';

const [url = '.', files] = process.argv.slice(2);
await lastValueFrom(svnCommits(url, { files: files === 'files' }));
console.log(process.resourceUsage().maxRSS / 1024);
