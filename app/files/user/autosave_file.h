// Files that keep unsaved work while a program runs: one per process, with a lock that the system
// releases when the process dies. Files left behind then belong to whoever locks them next.
//
// The file consists of two parts of JSON. The first line identifies it and ends where the lesson
// starts; the lesson follows as Save writes it, but with absolute paths of images and arrays.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/system/file_lock.h"
#include "app/files/system/file_stamp.h"
#include "core/lesson/lesson.h"

namespace convscope::files {

// The lesson's file, and its state when we last read or wrote it.
struct Origin {
  std::optional<std::string> path;
  std::optional<FileStamp> stamp;
};

struct Autosaved {
  lesson::Lesson lesson;
  Origin origin;
};

// Throws Failure "file_unwritable", or the lesson's problem. Creates no folder.
void write_autosave(const std::filesystem::path& file, const lesson::Lesson& lesson,
                    const Origin& origin, std::string_view program);
// The lesson's title, read from the first line alone. Throws like read_autosave().
lesson::LocalizedText autosave_title(const std::filesystem::path& file);
// Throws Failure "autosave_newer" (only a newer program can read it), "autosave_broken", or the
// problem with an image or array that the lesson uses.
Autosaved read_autosave(const std::filesystem::path& file);

// Work left by a process that died; ours as long as this object lives.
struct AbandonedWork {
  std::filesystem::path file;
  FileLock lock;
};

// Oldest first. Also deletes incomplete files. Never throws.
std::vector<AbandonedWork> abandoned_work(const std::filesystem::path& folder);

// A new file name for this process.
std::filesystem::path new_autosave(const std::filesystem::path& folder);
std::filesystem::path lock_of(const std::filesystem::path& autosave);

// Removes the file and its lock, which the caller holds. Never throws.
void forget_work(const std::filesystem::path& autosave);
// Renames a file that can't be used to "x.json.broken", and returns the new name. Never throws.
std::filesystem::path set_aside(const std::filesystem::path& autosave);

}  // namespace convscope::files
