// A program killed at any moment loses nothing that it has written. CONVSCOPE_KILLS=1000 kills that
// many programs instead of a few.
#include <gtest/gtest.h>

#if defined(__unix__) || defined(__APPLE__)

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <thread>

#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "app/files/user/autosave_file.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

constexpr Index kCounter = {0, 0, 0, 0};

float counter_of(const lesson::Lesson& lesson) {
  return lesson.scenes[0]->input.tensor().at(kCounter);
}

lesson::Lesson counted(lesson::Lesson lesson, int count) {
  lesson.scenes[0].change(
      [&](lesson::Scene& scene) { scene.input.edits.set(kCounter, static_cast<float>(count)); });
  return lesson;
}

// Saves and autosaves increasing numbers, and reports each when it is safe, until killed.
[[noreturn]] void work(const fs::path& saved, const fs::path& kept, const lesson::Lesson& lesson,
                       int first, int told) {
  const std::optional<FileLock> lock = FileLock::try_hold(lock_of(kept));
  for (int count = first;; ++count) {
    const lesson::Lesson now = counted(lesson, count);
    save_lesson(now, saved);
    write_autosave(kept, now, {utf8_of(saved), stamp_of(saved)}, "0");
    if (!lock || write(told, &count, sizeof count) != sizeof count) {
      _exit(1);
    }
  }
}

// The last number that the program reported before it died.
int last_told(int pipe, int before) {
  int last = before;
  for (int count = 0; read(pipe, &count, sizeof count) == sizeof count;) {
    last = count;
  }
  return last;
}

// Waits for the next number that it reports.
int first_told(int pipe, int before) {
  int count = 0;
  return read(pipe, &count, sizeof count) == sizeof count ? count : before;
}

TEST(Killed, ProgramsLoseNothingThatTheyHaveWritten) {
  const char* wanted = std::getenv("CONVSCOPE_KILLS");
  const int kills = wanted != nullptr ? std::atoi(wanted) : 30;
  const fs::path folder = fs::temp_directory_path() / "convscope-killed";
  fs::remove_all(folder);
  fs::create_directories(folder / "autosave");
  const fs::path saved = folder / "lesson.json";
  const fs::path kept = folder / "autosave" / "a.json";
  const lesson::Lesson lesson = open_lesson("cross-5x5");
  std::mt19937 random(7);
  std::uniform_int_distribution<int> microseconds(0, 20'000);
  int last = 0;  // the last number reported as safe
  int next = 1;
  for (int i = 0; i < kills; ++i) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      close(ends[0]);
      work(saved, kept, lesson, next, ends[1]);
    }
    close(ends[1]);
    if (i % 2 == 1) {  // on a slow machine, not all may be killed before they start
      last = first_told(ends[0], last);
    }
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
    last = last_told(ends[0], last);
    close(ends[0]);
    if (last == 0) {
      continue;  // killed before it finished anything
    }
    ASSERT_GE(counter_of(open_lesson(saved.string())), static_cast<float>(last));
    const std::vector<AbandonedWork> left = abandoned_work(folder / "autosave");
    ASSERT_EQ(left.size(), 1u);
    const Autosaved work = read_autosave(left[0].file);
    ASSERT_GE(counter_of(work.lesson), static_cast<float>(last));
    ASSERT_EQ(work.origin.path, utf8_of(saved));
    // A number may be saved but not reported yet.
    next = 1 + static_cast<int>(counter_of(open_lesson(saved.string())));
  }
  EXPECT_GT(last, kills / 4) << "too few writes to say anything";
  fs::remove_all(folder);
}

}  // namespace
}  // namespace convscope::files

#endif
