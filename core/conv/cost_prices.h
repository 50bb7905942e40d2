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
    {    188,   0.291,    1.26,    1.12,   0.144,       0,       0},  // exact, small
    {      0,    2.14,       0,       0,       0,    20.3,       0},  // exact, rows
    {1.01e+03,   0.275,       0,       0,  0.0502,    7.94,   0.128},  // stencil
    {8.13e+03,   0.356,   0.548,       0,       0,     498,       0},  // stencil, strided
    {9.37e+03,   0.598,   0.124,       0, 0.000313,       0,       0},  // planes
    {3.56e+03,   0.402,   0.893,       0,       0,      39,  0.0978},  // separable
    {1.12e+03,    31.5,       0,       0,  0.0423,       0,   0.147},  // fft
    {    974,   0.314,   0.185,   0.229,     0.2,       0,  0.0669},  // winograd
    {    808,   0.307,   0.283,   0.565,       0,    12.4,   0.168},  // bands
    {      0,   0.295,   0.123,       0,  0.0712,       0,    0.58},  // panels
    {6.8e+06,       0,       0,       0,       0,       0,       0},  // transposed exact
    {3.23e+04,   0.216,       0,    2.67,       0,       0,       0},  // transposed phases
    {6.97e+05,       0,       0,   0.142,       0,       0,       0},  // transposed scatter
    {2.14e+06,       0,    2.12,   0.827,       0,       0,       0},  // transposed apart
    {      0,   0.196,       0,   0.169,   0.781,       0,       0},  // transposed winograd
};
// clang-format on

}  // namespace convscope::conv
