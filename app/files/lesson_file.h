// LESSON arguments: a bundled id, a lesson file, an image, a file of arrays, or layers as code.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/layer_lesson.h"
#include "core/lesson/course.h"
#include "core/lesson/json/lesson_json.h"
#include "core/lesson/lesson.h"
#include "core/session/action/document.h"
#include "core/session/action/edit.h"

namespace convscope::files {

// In the order of the course.
std::vector<std::string> bundled_lesson_ids();
lesson::Course bundled_course();
// Of one of these. Loads none of its tensors.
lesson::Heading bundled_heading(const std::string& id);

// A built-in tensor ("bundled:images/x.png"). Built-in lessons have no folder, so other files are
// refused. Throws Failure.
Tensor load_bundled(const lesson::FileSource& source);

struct OpenOptions {
  std::string input = {};    // an image or an array that layers as code read
  std::string weights = {};  // a file of arrays for the layers, unless the lesson reads it itself
  bool shrink = false;       // an image that is too large is scaled down

  bool operator==(const OpenOptions&) const = default;
};

// Opens a bundled id, a lesson file (.json), an image, arrays or layers. An image becomes a lesson
// of one scene with the filter [[-1,-1,-1],[-1,8,-1],[-1,-1,-1]] on every channel, summed into one
// map. Throws Failure.
OpenedLesson open_told(const std::string& what, const OpenOptions& options = {});
lesson::Lesson open_lesson(const std::string& what);

// Reads what the lesson's files hold now; each file once. Throws Failure.
std::vector<session::action::Refreshed::File> read_sources(const lesson::Lesson& lesson);
// An array as a tensor of the lesson. Throws Failure.
session::action::SetTensor read_array_for(const session::action::UseArray& wanted);

// The lesson in the text of a file at `path`. Paths of its images and arrays become whole, so that
// it can be saved anywhere. Throws Failure.
lesson::Lesson lesson_from_text(std::string_view json, const std::filesystem::path& path);

// Writes lesson_json() atomically; file sources become relative to the new location. Throws
// Failure.
void save_lesson(const lesson::Lesson& lesson, const std::filesystem::path& path);

}  // namespace convscope::files
