// Lessons to and from JSON. The format is described in CONTRIBUTING.md ("A lesson").
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/lesson/lesson.h"

namespace convscope::lesson {

// Loads what a FileSource names. The app supplies it; core reads no files. Throws Failure.
using LoadTensor = std::function<Tensor(const FileSource&)>;

// Parses and checks a whole lesson: shapes fit, layers can run, numbers are finite.
// Throws Failure whose problem names the file `name`, the JSON path ("scenes[0].layers[0].stride")
// and the line. A newer format version says so.
Lesson parse_lesson(std::string_view json, const std::string& name, const LoadTensor& load);

// What stands in front of the scenes, for lists: read at once, and no tensor is loaded. Throws as
// parse_lesson(), but the scenes may be wrong.
struct Heading {
  std::string id;
  LocalizedText title;
  LocalizedText summary;
};
Heading parse_heading(std::string_view json, const std::string& name);

// The lesson as indented JSON; parse_lesson of it gives the same document.
std::string lesson_json(const Lesson& lesson);

// A number as JSON writes it here: integers without a point, others as short as they read back.
std::string json_number(double value);

}  // namespace convscope::lesson
