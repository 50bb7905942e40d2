// Turns pasted layers into a scene that can run, filling in what the text left open.
#pragma once

#include <cstdint>
#include <optional>

#include "core/import/layers/layer_text.h"
#include "core/import/text/result.h"
#include "core/lesson/lesson.h"

namespace convscope::imports {

struct SceneOptions {
  std::uint64_t seed = 1;
  // The input of the layers; without it seeded noise of channels x 16 x 16 (x 16 in one dimension),
  // or of the smallest larger size on which every layer can run.
  std::optional<lesson::TensorRef> input = std::nullopt;
  std::int64_t channels = 3;  // of the noise, if neither text nor layers imply them
};

struct ScenedLayers {
  lesson::Scene scene;
  std::vector<Problem> remarks;  // those of the text, and about what was assumed here
};

// A layer that can't run is a Problem of core/conv or core/lesson, with "layer" (from 1), "row" and
// "column" prepended to its values: the place of the setting at fault, or of the layer.
Result<ScenedLayers> scene_of(const LayerText& text, const SceneOptions& options = {});

// The same as a lesson of one scene, with the id "pasted" and the layers' classes as its title.
lesson::Lesson lesson_of(lesson::Scene scene);

// Weight and bias as PyTorch initializes them: uniform within ±1/sqrt(fan_in), where fan_in is the
// second dimension of the weight times its kernel. torch.nn.init.kaiming_uniform_(a=sqrt(5)) in
// torch.nn.modules.conv._ConvNd.reset_parameters. Empty if the layer has none.
lesson::TensorRef fresh_weight(const conv::LayerSpec& spec, std::uint64_t seed);
lesson::TensorRef fresh_bias(const conv::LayerSpec& spec, std::uint64_t seed);

}  // namespace convscope::imports
