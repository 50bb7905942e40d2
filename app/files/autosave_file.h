// Files that keep unsaved work while a program runs: one a program, with a lock that the system
// takes back when it dies. What is left then belongs to whoever locks it next.
//
// The file is JSON of two parts. The first line says what it is and ends where the lesson begins;
// the lesson follows as Save writes it, with whole paths of images and arrays.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/file_lock.h"
#include "app/files/file_stamp.h"
#include "core/lesson/lesson.h"

namespace convscope::files {

// The lesson's file, and what that file was like when we knew it.
struct Origin {
  std::optional<std::string> path;
  std::optional<FileStamp> stamp;
};

struct Autosaved {
  lesson::Lesson lesson;
  Origin origin;
};

// Throws Failure "file_unwritable", or what is wrong with the lesson. Creates no folder.
void write_autosave(const std::filesystem::path& file, const lesson::Lesson& lesson,
                    const Origin& origin, std::string_view program);
// The lesson's title, from the first line alone. Throws as read_autosave().
lesson::LocalizedText autosave_title(const std::filesystem::path& file);
// Throws Failure "autosave_newer" (this program can't read it, a newer one can), "autosave_broken",
// or what is wrong with an image or array that the lesson uses.
Autosaved read_autosave(const std::filesystem::path& file);

// Work that a dead program left, ours as long as this lives.
struct AbandonedWork {
  std::filesystem::path file;
  FileLock lock;
};

// The oldest first. Clears away what half-written files were left. Throws nothing.
std::vector<AbandonedWork> abandoned_work(const std::filesystem::path& folder);

// The name of a new file for this program.
std::filesystem::path new_autosave(const std::filesystem::path& folder);
std::filesystem::path lock_of(const std::filesystem::path& autosave);

// Removes the file with its lock; the caller holds it. Throws nothing.
void forget_work(const std::filesystem::path& autosave);
// Out of the way, beside where it was: "x.json.broken". Throws nothing; the new name.
std::filesystem::path set_aside(const std::filesystem::path& autosave);

}  // namespace convscope::files
