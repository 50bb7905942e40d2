// Parts of a lesson file that other files use too. Internal to core.
#pragma once

#include "core/lesson/json/json_tree.h"
#include "core/lesson/json/lesson_json.h"
#include "core/lesson/json/tensor_pool.h"

namespace convscope::lesson {

// A text: {"en": ..., "ru": ...}, or a plain string for English.
LocalizedText parse_text(const JsonAt& at);

// A scene, checked as in a lesson.
Scene parse_scene(const JsonAt& at, TensorPool& pool);

}  // namespace convscope::lesson
