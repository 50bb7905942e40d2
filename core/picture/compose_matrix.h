// The matrix view: the im2col matrix times the flattened filters, and the sparse Toeplitz form.
#pragma once

#include "core/picture/brush.h"
#include "core/picture/compose.h"
#include "core/picture/moment.h"

namespace convscope {

void compose_matrix(Brush& brush, const Session& session, const LayerResult& layer,
                    const Moment& moment, const Canvas& canvas);

}  // namespace convscope
