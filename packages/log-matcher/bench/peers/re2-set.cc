// RE2::Set, line by line.
//
//   re2-set match|captures PATTERNS FILE
//
// captures: the first of the patterns that match is run once more for its host.
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "pass.h"

namespace {

constexpr int64_t max_memory = 512 << 20;
constexpr int host_groups = 8;

struct State {
  std::unique_ptr<RE2::Set> set;
  std::vector<std::unique_ptr<RE2>> patterns;  // empty for the mode that only counts
  std::vector<int> matched;
};

RE2::Options options_for_bytes() {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  options.set_max_mem(max_memory);
  return options;
}

void count_host(const RE2 &pattern, re2::StringPiece line, counts *found) {
  re2::StringPiece groups[1 + host_groups];
  int wanted = 1 + std::min(host_groups, pattern.NumberOfCapturingGroups());
  if (!pattern.Match(line, 0, line.size(), RE2::UNANCHORED, groups, wanted)) fail("RE2", "denies its own match");
  for (int i = 1; i < wanted; i++) {
    if (groups[i].data() == nullptr) continue;
    found->host_bytes += groups[i].size();
    return;
  }
}

void visit(void *context, const char *block, size_t length, counts *found) {
  State *s = static_cast<State *>(context);
  const char *end = block + length;
  for (const char *line = block; line <= end;) {
    const char *at = static_cast<const char *>(memchr(line, '\n', end - line));
    if (at == nullptr) at = end;
    re2::StringPiece text(line, at - line);
    line = at + 1;
    RE2::Set::ErrorInfo error;
    bool captures = !s->patterns.empty();
    if (!s->set->Match(text, captures ? &s->matched : nullptr, &error)) {
      if (error.kind != RE2::Set::kNoError) fail("RE2::Set", "is out of memory");
      continue;
    }
    found->lines++;
    if (captures) count_host(*s->patterns[*std::min_element(s->matched.begin(), s->matched.end())], text, found);
  }
}

}  // namespace

int main(int argc, char **argv) {
  if (argc != 4) fail("usage", "re2-set match|captures PATTERNS FILE");
  unsigned count;
  char **patterns = read_patterns(argv[2], &count);
  std::vector<char> refused(count, 0);
  moment start = now();
  State s;
  s.set = std::make_unique<RE2::Set>(options_for_bytes(), RE2::UNANCHORED);
  for (unsigned i = 0; i < count; i++) {
    refused[i] = s.set->Add(patterns[i], nullptr) == -1;
    if (!refused[i] && strcmp(argv[1], "captures") == 0) {
      s.patterns.push_back(std::make_unique<RE2>(patterns[i], options_for_bytes()));
    }
  }
  if (!s.set->Compile()) fail("RE2::Set", "does not compile");
  print_compiled(start, now(), count, refused.data());
  serve(argv[3], visit, &s);
  return 0;
}
