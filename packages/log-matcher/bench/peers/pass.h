// What the peers have in common: they read patterns, one a line, then wait; for each line on standard input they search
// the whole file once and print a line of JSON with what they counted and what it took. So compiling is paid for once,
// the first pass warms what is to be warmed, and the bench can run all peers by turns.
#ifndef PASS_H
#define PASS_H

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { block_bytes = 1 << 20 };

typedef struct {
  uint64_t lines;       // that match
  uint64_t host_bytes;  // length of all captured hosts
} counts;

typedef struct {
  double wall_ms;
  double cpu_ms;
} moment;

// Searches whole lines; the last break is not part of the block.
typedef void (*search)(void *state, const char *block, size_t length, counts *found);

static inline void fail(const char *message, const char *detail) {
  fprintf(stderr, "%s: %s\n", message, detail);
  exit(2);
}

static inline moment now(void) {
  struct timespec wall;
  struct rusage used;
  clock_gettime(CLOCK_MONOTONIC, &wall);
  getrusage(RUSAGE_SELF, &used);
  double cpu_us = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
  moment at = {wall.tv_sec * 1e3 + wall.tv_nsec / 1e6, cpu_us / 1e3};
  return at;
}

static inline char **read_patterns(const char *path, unsigned *count) {
  FILE *file = fopen(path, "r");
  if (file == NULL) fail("cannot open", path);
  char **patterns = NULL;
  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  *count = 0;
  while ((length = getline(&line, &room, file)) != -1) {
    if (length > 0 && line[length - 1] == '\n') line[length - 1] = '\0';
    patterns = (char **)realloc(patterns, (*count + 1) * sizeof(char *));
    patterns[(*count)++] = strdup(line);
  }
  free(line);
  fclose(file);
  return patterns;
}

// Says how compiling went; `refused` holds a nonzero byte for each pattern that was left out.
static inline void print_compiled(moment start, moment end, unsigned count, const char *refused) {
  printf("{\"wallMs\":%.3f,\"cpuMs\":%.3f,\"refused\":[", end.wall_ms - start.wall_ms, end.cpu_ms - start.cpu_ms);
  const char *separator = "";
  for (unsigned i = 0; i < count; i++) {
    if (!refused[i]) continue;
    printf("%s%u", separator, i);
    separator = ",";
  }
  printf("]}\n");
  fflush(stdout);
}

static inline uint64_t search_file(const char *path, search visit, void *state, counts *found) {
  static char buffer[2 * block_bytes];
  int file = open(path, O_RDONLY);
  if (file == -1) fail("cannot open", path);
  uint64_t total = 0;
  size_t rest = 0;
  for (;;) {
    ssize_t got = read(file, buffer + rest, block_bytes);
    if (got == -1) fail("cannot read", path);
    total += got;
    size_t length = rest + got;
    if (got == 0) {
      if (length > 0) visit(state, buffer, length, found);
      break;
    }
    const char *last = (const char *)memrchr(buffer, '\n', length);
    if (last == NULL) fail("a line is too long", path);
    visit(state, buffer, last - buffer, found);
    rest = buffer + length - (last + 1);
    memmove(buffer, last + 1, rest);
  }
  close(file);
  return total;
}

static inline void serve(const char *path, search visit, void *state) {
  for (int c; (c = getchar()) != EOF;) {
    if (c != '\n') continue;
    counts found = {0, 0};
    moment start = now();
    uint64_t bytes = search_file(path, visit, state, &found);
    moment end = now();
    printf("{\"bytes\":%llu,\"lines\":%llu,\"hostBytes\":%llu,\"wallMs\":%.3f,\"cpuMs\":%.3f}\n",
           (unsigned long long)bytes, (unsigned long long)found.lines, (unsigned long long)found.host_bytes,
           end.wall_ms - start.wall_ms, end.cpu_ms - start.cpu_ms);
    fflush(stdout);
  }
}

#endif
