// Writes each line of standard input with its source and offset.
import { fromStdin } from '../stdin-source.ts';

fromStdin().subscribe({
  next: ({ source, offset, bytes, ending }) =>
    console.log(JSON.stringify([source.path, offset, Buffer.from(bytes).toString(), ending])),
  complete: () => console.log('complete'),
});
