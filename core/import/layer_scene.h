// From pasted layers to a scene that can run: what the text left open is filled in.
#pragma once

#include <cstdint>
#include <optional>

#include "core/import/layer_text.h"
#include "core/import/result.h"
#include "core/lesson/lesson.h"

namespace convscope::imports {

struct SceneOptions {
  std::uint64_t seed = 1;
  // What the layers read; without it seeded noise of channels x 16 x 16 (x 16 in one dimension),
  // or of the least size above that on which every layer can run.
  std::optional<lesson::TensorRef> input = std::nullopt;
  std::int64_t channels = 3;  // of the noise, where neither text nor layers tell
};

struct ScenedLayers {
  lesson::Scene scene;
  std::vector<Problem> remarks;  // those of the text, and what was assumed here
};

// A layer that can't run is a Problem of core/conv or core/lesson, with "layer" (from 1), "row" and
// "column" in front of its values: the place of the setting at fault, or of the layer.
Result<ScenedLayers> scene_of(const LayerText& text, const SceneOptions& options = {});

// The same as a lesson of one scene; its id is "pasted", its title the layers' classes.
lesson::Lesson lesson_of(lesson::Scene scene);

// Weight and bias as PyTorch makes them: uniform within ±1/sqrt(fan_in), with fan_in the second
// side of the weight times its kernel. torch.nn.init.kaiming_uniform_(a=sqrt(5)) in
// torch.nn.modules.conv._ConvNd.reset_parameters. Empty where the layer has none.
lesson::TensorRef fresh_weight(const conv::LayerSpec& spec, std::uint64_t seed);
lesson::TensorRef fresh_bias(const conv::LayerSpec& spec, std::uint64_t seed);

}  // namespace convscope::imports
