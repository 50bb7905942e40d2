// Lessons to and from JSON. The format is described in CONTRIBUTING.md ("A lesson").
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/lesson/lesson.h"

namespace convscope::lesson {

// Loads the tensor of a FileSource. Supplied by the app, as core reads no files. Throws Failure.
using LoadTensor = std::function<Tensor(const FileSource&)>;

// Parses and checks a whole lesson: shapes fit, layers can run, numbers are finite. Throws Failure
// whose problem names the file `name`, the JSON path ("scenes[0].layers[0].stride") and the line. A
// newer format version is reported as such.
Lesson parse_lesson(std::string_view json, const std::string& name, const LoadTensor& load);

// What comes before the scenes, for lists: fast to read, as no tensor is loaded. Throws like
// parse_lesson(), but doesn't check the scenes.
struct Heading {
  std::string id;
  LocalizedText title;
  LocalizedText summary;
  std::int64_t scenes = 0;  // how many there are
};
Heading parse_heading(std::string_view json, const std::string& name);

// The lesson as indented JSON; parse_lesson() reads it back to the same document.
std::string lesson_json(const Lesson& lesson);

// A number as written to JSON: integers without a point, others with as few digits as read back
// exactly.
std::string json_number(double value);

}  // namespace convscope::lesson
