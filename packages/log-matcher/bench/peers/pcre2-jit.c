// PCRE2's JIT, line by line, pattern by pattern until one matches.
//
//   pcre2-jit captures PATTERNS FILE
#define _GNU_SOURCE
#include "captures.h"
#include "pass.h"

typedef struct {
  captures captures;
  unsigned count;
  const char *refused;
} state;

static void visit(void *context, const char *block, size_t length, counts *found) {
  const state *s = (const state *)context;
  const char *end = block + length;
  for (const char *line = block; line <= end;) {
    const char *at = (const char *)memchr(line, '\n', end - line);
    if (at == NULL) at = end;
    for (unsigned i = 0; i < s->count; i++) {
      if (!s->refused[i] && capture(&s->captures, i, line, at - line, found)) break;
    }
    line = at + 1;
  }
}

int main(int argc, char **argv) {
  if (argc != 4) fail("usage", "pcre2-jit captures PATTERNS FILE");
  unsigned count;
  char **patterns = read_patterns(argv[2], &count);
  char *refused = (char *)calloc(count, 1);
  moment start = now();
  state s = {compile_captures(patterns, count, refused), count, refused};
  print_compiled(start, now(), count, refused);
  serve(argv[3], visit, &s);
  return 0;
}
