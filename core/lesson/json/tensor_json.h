// A tensor in a lesson file: values, a seed or a file, plus edits. Internal to core/lesson.
#pragma once

#include <initializer_list>
#include <string_view>

#include "core/lesson/json/json_tree.h"
#include "core/lesson/json/json_writer.h"
#include "core/lesson/json/lesson_json.h"
#include "core/lesson/json/tensor_pool.h"

namespace convscope::lesson {

// The meaning of nested lists. kPlanes: (N, C, H, W) or its last two or three; kSignal: (N, C, L)
// or its last one or two; kVector: (K).
enum class TensorLayout { kPlanes, kSignal, kVector };

// `other_keys`: additional keys that the object may hold.
TensorRef parse_tensor(const JsonAt& at, TensorLayout layout, TensorPool& pool,
                       std::initializer_list<std::string_view> other_keys = {});

// Whether "name" is that of an array in a file, and so can't be that of a variable.
bool names_array(const JsonAt& at);
bool names_array(const TensorRef& ref);

// Writes a tensor's members into the open object.
void write_tensor(JsonWriter& json, const TensorRef& ref, TensorLayout layout);

// A place: [n, c, y, x], with any number of leading zeros left out.
Index parse_index(const JsonAt& at);
void write_index(JsonWriter& json, const Index& at);

}  // namespace convscope::lesson
