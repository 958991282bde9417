// Hyperscan over blocks of whole lines; counts lines, not events.
//
//   hyperscan match|captures|literals PATTERNS FILE
//
// captures: the pattern of an event is run by PCRE2's JIT on its line, which confirms the line and gives the host.
// literals: the patterns are plain text.
#define _GNU_SOURCE
#include <hs/hs.h>

#include "captures.h"
#include "pass.h"

typedef struct {
  hs_database_t *database;
  hs_scratch_t *scratch;
  captures *captures;  // NULL for the modes that only count
  const char *block;
  size_t length;
  // End of the last line that was counted, 1 more than its offset in the block; 0 for none.
  size_t counted;
  counts *found;
} state;

static int on_event(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
  (void)from, (void)flags;
  state *s = (state *)context;
  // What ends behind a break belongs to the line before it.
  size_t inside = to > 0 && s->block[to - 1] == '\n' ? to - 1 : to;
  if (inside < s->counted) return 0;
  const char *before = (const char *)memrchr(s->block, '\n', inside);
  const char *start = before == NULL ? s->block : before + 1;
  const char *after = (const char *)memchr(s->block + inside, '\n', s->length - inside);
  const char *end = after == NULL ? s->block + s->length : after;
  if (s->captures == NULL) {
    s->found->lines++;
  } else if (!capture(s->captures, id, start, end - start, s->found)) {
    return 0;
  }
  s->counted = end - s->block + 1;
  return 0;
}

static void visit(void *context, const char *block, size_t length, counts *found) {
  state *s = (state *)context;
  s->block = block;
  s->length = length;
  s->counted = 0;
  s->found = found;
  if (hs_scan(s->database, block, length, 0, s->scratch, on_event, s) != HS_SUCCESS) fail("hs_scan", "failed");
}

// Compiles all that is not refused; each refusal names one pattern, and all is tried again without it.
static hs_database_t *compile(char **patterns, unsigned count, int literal, char *refused, moment *start) {
  const char **texts = (const char **)malloc(count * sizeof(char *));
  size_t *lengths = (size_t *)malloc(count * sizeof(size_t));
  unsigned *ids = (unsigned *)malloc(count * sizeof(unsigned));
  unsigned *flags = (unsigned *)malloc(count * sizeof(unsigned));
  for (;;) {
    unsigned n = 0;
    for (unsigned i = 0; i < count; i++) {
      if (refused[i]) continue;
      texts[n] = patterns[i];
      lengths[n] = strlen(patterns[i]);
      flags[n] = literal ? 0 : HS_FLAG_MULTILINE;
      ids[n++] = i;
    }
    hs_database_t *database;
    hs_compile_error_t *error;
    *start = now();
    hs_error_t code =
        literal ? hs_compile_lit_multi(texts, flags, ids, lengths, n, HS_MODE_BLOCK, NULL, &database, &error)
                : hs_compile_multi(texts, flags, ids, n, HS_MODE_BLOCK, NULL, &database, &error);
    if (code == HS_SUCCESS) return database;
    if (error->expression < 0) fail("hs_compile_multi", error->message);
    refused[ids[error->expression]] = 1;
  }
}

int main(int argc, char **argv) {
  if (argc != 4) fail("usage", "hyperscan match|captures|literals PATTERNS FILE");
  unsigned count;
  char **patterns = read_patterns(argv[2], &count);
  char *refused = (char *)calloc(count, 1);
  captures all;
  state s = {0};
  if (strcmp(argv[1], "captures") == 0) {
    all = compile_captures(patterns, count, refused);
    s.captures = &all;
  }
  moment start;
  s.database = compile(patterns, count, strcmp(argv[1], "literals") == 0, refused, &start);
  if (hs_alloc_scratch(s.database, &s.scratch) != HS_SUCCESS) fail("hs_alloc_scratch", "failed");
  print_compiled(start, now(), count, refused);
  serve(argv[3], visit, &s);
  return 0;
}
