// Textures as this program uses them: one level, nearest texel, no wrapping.
#pragma once

#include <span>

#include "app/paint/gl_names.h"
#include "core/picture/display/colormap.h"

namespace convscope::paint {

// Both leave the texture bound to unit 0. Empty `texels` leave the content undefined.
GlTexture make_rgba_texture(int width, int height, std::span<const picture::Rgba> texels);
GlTexture make_alpha_texture(int width, int height);

// Replaces rows of an alpha texture; `texels` are the rows of its whole width.
void update_alpha_rows(const GlTexture& texture, int width, int first_row,
                       std::span<const unsigned char> texels);

void bind_texture(GLuint texture);
int largest_texture_side();

}  // namespace convscope::paint
