// What the parts of the neuron view share while one frame is drawn.
#pragma once

#include <string>

#include "core/picture/kit/canvas.h"
#include "core/picture/kit/cell_plane.h"
#include "core/picture/kit/number_text.h"
#include "core/picture/neuron/layout.h"

namespace convscope::picture::neuron {

struct Context {
  const step::WindowScene& scene;
  const Layout& layout;
  kit::NumberStyle numbers;  // of inputs, weights and products alike

  // Whether the product of a term has been made.
  bool made(std::int64_t term) const {
    return scene.moment.started && term < scene.moment.terms_shown;
  }
};

// planes.cpp: the input with its window, the map.
void draw_neuron_input(kit::Canvas& canvas, const Context& context);
void draw_map_cells(kit::Canvas& canvas, const Context& context);
void draw_map_numbers(kit::Canvas& canvas, const Context& context);

// rows.cpp: the unrolled patch, the edges with their weights, the products.
void draw_edges(kit::Canvas& canvas, const Context& context);
void draw_rows(kit::Canvas& canvas, const Context& context);

// cells.cpp: the neurons; those of earlier places stay, tied to the same weights.
void draw_ghost_ties(kit::Canvas& canvas, const Context& context);
void draw_neurons(kit::Canvas& canvas, const Context& context);

// labels.cpp: captions as in code, and what sharing weights saves.
void draw_neuron_captions(kit::Canvas& canvas, const Context& context);
void draw_sharing(kit::Canvas& canvas, const Context& context);
// How many lines that takes.
std::size_t sharing_line_count(const kit::Canvas& canvas, const step::WindowScene& scene);
// "segment = img[0:3, 0:3].reshape(-1)"
std::string segment_code(const step::WindowScene& scene);

}  // namespace convscope::picture::neuron
