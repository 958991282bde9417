/** Another program changed a file between two looks at it: what was worked out has to be worked out anew. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';
}
