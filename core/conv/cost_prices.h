// Nanoseconds for one of each kind of work (cost_model.h), by form: the output of tools/fit_costs.
#pragma once

#include <string_view>

#include "core/conv/cost_model.h"

namespace convscope::conv {

inline constexpr std::string_view kFormNames[kForms] = {"exact, small",
                                                        "exact, rows",
                                                        "stencil",
                                                        "stencil, strided",
                                                        "planes",
                                                        "separable",
                                                        "fft",
                                                        "winograd",
                                                        "bands",
                                                        "panels",
                                                        "transposed exact",
                                                        "transposed phases",
                                                        "transposed scatter",
                                                        "transposed apart",
                                                        "transposed winograd"};

// clang-format off
inline constexpr double kPrices[kForms][kWorkKinds] = {
    //   call  vectors    cells  weights  results     rows      far
    {    205,   0.198,   0.909,    2.49,   0.404,       0,       0},  // exact, small
    {      0,     2.1,       0,       0,       0,    20.2,       0},  // exact, rows
    {1.01e+03,   0.288,       0,       0,  0.0247,    5.92,  0.0747},  // stencil
    {8.32e+03,   0.967,  0.0647,       0,       0,     673,       0},  // stencil, strided
    {9.79e+03,     0.6,   0.116,       0, 0.000257,       0,       0},  // planes
    {3.61e+03,    0.45,   0.503,       0,       0,    33.3,  0.0832},  // separable
    {1.05e+03,    23.1,  0.0263,   0.024,  0.0557,       0,   0.247},  // fft
    {    981,   0.309,     0.2,   0.168,   0.178,       0,   0.584},  // winograd
    {    865,   0.299,   0.266,   0.568,       0,    11.9,   0.235},  // bands
    {      0,   0.281,   0.135,       0,  0.0479,       0,   0.981},  // panels
    {    353,   0.529,       0,       0,   0.331,    7.23,       0},  // transposed exact
    {2.37e+03,   0.334,  0.0817,   0.753,    0.33,       0,       0},  // transposed phases
    {    282,   0.376,       0,  0.0782,    1.04,   0.332,       0},  // transposed scatter
    {7.64e+04,   0.322,       0,       0,       0,       0,       0},  // transposed apart
    {    916,   0.237,   0.447,   0.157,   0.266,       0,       0},  // transposed winograd
};
// clang-format on

}  // namespace convscope::conv
