// Creates textures with one level, nearest-neighbour sampling and no wrapping.
#pragma once

#include <span>

#include "app/paint/gl_names.h"
#include "core/picture/display/colormap.h"

namespace convscope::paint {

// Both leave the texture bound to unit 0. With empty `texels` the content is undefined.
GlTexture make_rgba_texture(int width, int height, std::span<const picture::Rgba> texels);
GlTexture make_alpha_texture(int width, int height);

// Replaces rows of an alpha texture; `texels` are whole rows.
void update_alpha_rows(const GlTexture& texture, int width, int first_row,
                       std::span<const unsigned char> texels);

void bind_texture(GLuint texture);
int largest_texture_side();

}  // namespace convscope::paint
