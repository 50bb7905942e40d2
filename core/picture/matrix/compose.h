// The matrix view: the im2col matrix times the flattened filters, and the sparse Toeplitz form.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/canvas.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::matrix {

void compose_matrix(kit::Canvas& canvas, const session::Session& session,
                    const derive::LayerResult& layer, const step::Moment& moment,
                    const Viewport& viewport);

}  // namespace convscope::picture::matrix
