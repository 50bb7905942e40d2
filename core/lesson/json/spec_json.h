// A layer's settings in JSON, named as in PyTorch. Internal to core/lesson.
#pragma once

#include <optional>

#include "core/lesson/json/json_tree.h"
#include "core/lesson/json/json_writer.h"
#include "core/lesson/lesson.h"

namespace convscope::lesson {

// Reads the settings in the object over `spec`, without checking them; "bias" is left to the
// caller. Keys that are not settings are ignored.
conv::LayerSpec parse_spec(const JsonAt& at, bool one_dimensional, conv::LayerSpec spec);

// Writes the settings that differ from their defaults; kernel_size if no weight implies it. With
// `all` also what every layer has: "in_channels", "out_channels", "kernel_size", "bias", "stride",
// "padding", "padding_mode", "dilation" and "groups".
void write_spec(JsonWriter& json, const conv::LayerSpec& spec, bool one_dimensional, bool all);

// "optimizer", "lr", "momentum", "beta1", "beta2" and "eps"; missing ones get Optimizer's defaults.
conv::Optimizer parse_optimizer(const JsonAt& at);

// Writes the kind and the rate; of the others what differs from its default.
void write_optimizer(JsonWriter& json, const conv::Optimizer& optimizer);

}  // namespace convscope::lesson
