// What the parts of the neuron view share while one frame is drawn.
#pragma once

#include <string>

#include "core/picture/brush.h"
#include "core/picture/cell_plane.h"
#include "core/picture/neuron_layout.h"
#include "core/picture/number_text.h"

namespace convscope {

struct NeuronStage {
  const WindowScene& scene;
  const NeuronLayout& layout;
  NumberStyle numbers;  // of inputs, weights and products alike

  // Whether the product of a term has been made.
  bool made(std::int64_t term) const {
    return scene.moment.started && term < scene.moment.terms_shown;
  }
};

// neuron_planes.cpp: the input with its window, the map.
void draw_neuron_input(Brush& brush, const NeuronStage& stage);
void draw_map_cells(Brush& brush, const NeuronStage& stage);
void draw_map_numbers(Brush& brush, const NeuronStage& stage);

// neuron_rows.cpp: the unrolled patch, the edges with their weights, the products.
void draw_edges(Brush& brush, const NeuronStage& stage);
void draw_rows(Brush& brush, const NeuronStage& stage);

// neuron_cells.cpp: the neurons; those of earlier places stay, tied to the same weights.
void draw_ghost_ties(Brush& brush, const NeuronStage& stage);
void draw_neurons(Brush& brush, const NeuronStage& stage);

// neuron_words.cpp: captions as in code, and what sharing weights saves.
void draw_neuron_captions(Brush& brush, const NeuronStage& stage);
void draw_sharing(Brush& brush, const NeuronStage& stage);
// "segment = img[0:3, 0:3].reshape(-1)"
std::string segment_code(const WindowScene& scene);

}  // namespace convscope
