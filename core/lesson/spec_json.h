// A layer's settings in JSON, in PyTorch's words. Internal to core/lesson.
#pragma once

#include <optional>

#include "core/lesson/json_tree.h"
#include "core/lesson/json_writer.h"
#include "core/lesson/lesson.h"

namespace convscope::lesson {

// Reads the settings that the object holds over `spec`, as they stand; "bias" is left to the
// caller. Keys that are no settings are not looked at.
conv::LayerSpec parse_spec(const JsonAt& at, bool one_dimensional, conv::LayerSpec spec);

// What is unlike its default; a kernel_size where no weight tells it. With `all` also what every
// layer has: "in_channels", "out_channels", "kernel_size", "bias", "stride", "padding",
// "padding_mode", "dilation" and "groups".
void write_spec(JsonWriter& json, const conv::LayerSpec& spec, bool one_dimensional, bool all);

// "optimizer", "lr", "momentum", "beta1", "beta2" and "eps", what is missing as Optimizer has it.
conv::Optimizer parse_optimizer(const JsonAt& at);

// The kind and the rate; of the rest what is unlike its default.
void write_optimizer(JsonWriter& json, const conv::Optimizer& optimizer);

}  // namespace convscope::lesson
