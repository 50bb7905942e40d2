// Reads a layer of a lesson file. Internal to core/lesson.
#pragma once

#include <string_view>
#include <vector>

#include "core/lesson/enum_names.h"
#include "core/lesson/json/json_tree.h"
#include "core/lesson/json/json_writer.h"
#include "core/lesson/json/lesson_json.h"
#include "core/lesson/json/tensor_pool.h"

namespace convscope::lesson {

// The keys that a layer of this op may have.
std::vector<std::string_view> layer_keys(const OpWord& op);

// A layer on `input` (N, C, H, W); `signal`: the scene is one-dimensional; `kept` as in
// layer_problems().
Layer parse_layer(const JsonAt& at, const Shape& input, bool signal, TensorPool& pool,
                  std::int64_t& kept);

void write_layer(JsonWriter& json, const Layer& layer);

}  // namespace convscope::lesson
