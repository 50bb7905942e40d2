#include "core/conv/window_axis.h"

#include "core/conv/analysis/as_convolution.h"
#include "core/conv/operators/operator.h"

namespace convscope::conv {

WindowAxes window_axes(const LayerSpec& any, const Shape& input) {
  const LayerSpec own = fitted(any, input);
  const LayerSpec spec = equivalent_spec(own, input);
  const Shape output = output_shape(own, input);
  const Shape stage = equivalent_input_shape(own, input);
  const Pads pads = resolved_pads(spec, stage);
  const Size2 stretch = operator_of(own.op).transposed() ? own.stride : Size2{1, 1};
  return {{input.h, output.h, spec.kernel_size.h, spec.stride.h, spec.dilation.h, pads.top,
           stretch.h, stage.h + pads.bottom, spec.padding_mode},
          {input.w, output.w, spec.kernel_size.w, spec.stride.w, spec.dilation.w, pads.left,
           stretch.w, stage.w + pads.right, spec.padding_mode}};
}

}  // namespace convscope::conv
