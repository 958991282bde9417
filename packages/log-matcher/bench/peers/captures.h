// One pattern of many on one line, by PCRE2's JIT: whether it matches, and the length of the host that it captures.
#ifndef CAPTURES_H
#define CAPTURES_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "pass.h"

enum { max_groups = 32 };

typedef struct {
  pcre2_code **codes;  // NULL for a pattern that was refused
  pcre2_match_data *data;
} captures;

// Marks what is refused.
static inline captures compile_captures(char **patterns, unsigned count, char *refused) {
  captures all = {(pcre2_code **)calloc(count, sizeof(pcre2_code *)), pcre2_match_data_create(max_groups, NULL)};
  for (unsigned i = 0; i < count; i++) {
    int error;
    PCRE2_SIZE at;
    all.codes[i] = pcre2_compile((PCRE2_SPTR)patterns[i], PCRE2_ZERO_TERMINATED, 0, &error, &at, NULL);
    if (all.codes[i] == NULL || pcre2_jit_compile(all.codes[i], PCRE2_JIT_COMPLETE) != 0) refused[i] = 1;
  }
  return all;
}

// A host is the first group that took part.
static inline int capture(const captures *all, unsigned pattern, const char *line, size_t length, counts *found) {
  int groups = pcre2_jit_match(all->codes[pattern], (PCRE2_SPTR)line, length, 0, 0, all->data, NULL);
  if (groups == PCRE2_ERROR_NOMATCH) return 0;
  if (groups < 0) fail("PCRE2 gave up", "its limits");
  const PCRE2_SIZE *offsets = pcre2_get_ovector_pointer(all->data);
  for (int group = 1; group < groups; group++) {
    if (offsets[2 * group] == PCRE2_UNSET) continue;
    found->host_bytes += offsets[2 * group + 1] - offsets[2 * group];
    break;
  }
  found->lines++;
  return 1;
}

#endif
