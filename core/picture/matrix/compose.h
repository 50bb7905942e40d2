// The matrix view: the im2col matrix times the flattened filters, and the sparse Toeplitz form.
#pragma once

#include "core/picture/compose.h"
#include "core/picture/kit/brush.h"
#include "core/picture/step/moment.h"

namespace convscope::picture::matrix {

void compose_matrix(kit::Brush& brush, const session::Session& session,
                    const derive::LayerResult& layer, const step::Moment& moment,
                    const Canvas& canvas);

}  // namespace convscope::picture::matrix
