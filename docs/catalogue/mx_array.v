// nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed_pe
// block  an element: 1 product(s) of 8 and 8 bits
// mac    plain, 1 register(s) before the accumulator
`default_nettype none

module nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed_pe (
  input  wire clk,
  input  wire rst,
  input  wire run_i,
  input  wire valid_i,
  input  wire last_i,
  input  wire shift_i,
  input  wire [9:0] a_i,
  input  wire [9:0] b_i,
  input  wire [42:0] sum_i,
  output wire valid_o,
  output wire last_o,
  output wire shift_o,
  output wire [9:0] a_o,
  output wire [9:0] b_o,
  output wire [42:0] sum_o
);

  reg valid_q;
  reg last_q;
  reg shift_q;
  reg [9:0] a_q;
  reg [9:0] b_q;
  reg signed [36:0] term0_q;
  reg special_p1_q;
  reg [42:0] acc_q;
  reg [42:0] out_q;

  // products and their sum; the last step's goes out, and the next tile starts from nothing
  wire [7:0] product = {4'd0, a_i[3:0]} * {4'd0, b_i[3:0]};
  wire [4:0] exponent_shift = {1'd0, a_i[7:4]} + {1'd0, b_i[7:4]};
  wire [35:0] wide = {28'd0, product} << exponent_shift;
  wire [36:0] magnitude0 = {1'd0, wide};
  wire signed [37:0] product0_diff = 38'h0 - {magnitude0[36], magnitude0};
  wire signed [37:0] product0 = (a_i[8] ^ b_i[8]) ? product0_diff : {magnitude0[36], magnitude0};
  wire signed [41:0] sum = acc_q[41:0] + {{5{term0_q[36]}}, term0_q};
  wire [42:0] out_cat = {(acc_q[42] | special_p1_q), sum};

  assign valid_o = valid_q;
  assign last_o = last_q;
  assign shift_o = shift_q;
  assign a_o = a_q;
  assign b_o = b_q;
  assign sum_o = out_q;

  // operands and control pass on
  always @(posedge clk) begin
    if (rst) begin
      valid_q <= 1'd0;
      last_q <= 1'd1;
      shift_q <= 1'd0;
    end else if (run_i) begin
      valid_q <= valid_i;
      last_q <= last_i;
      shift_q <= shift_i;
    end
  end

  always @(posedge clk) begin
    if (run_i) begin
      a_q <= a_i;
      b_q <= b_i;
    end
  end

  // products and their sum; the last step's goes out, and the next tile starts from nothing
  always @(posedge clk) begin
    if (run_i) begin
      term0_q <= product0[36:0];
      special_p1_q <= a_i[9] | b_i[9];
    end
  end

  always @(posedge clk) begin
    if (run_i & (valid_i | last_i)) begin
      acc_q <= last_i ? 43'h0 : out_cat;
    end
  end

  // the way out
  always @(posedge clk) begin
    if (run_i & (last_i | shift_i)) begin
      out_q <= last_i ? out_cat : sum_i;
    end
  end

  wire unused_ok = &{1'b0, product0[37]};

endmodule

`default_nettype wire

// nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed_row
// block  a row of 4 elements
`default_nettype none

module nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed_row (
  input  wire clk,
  input  wire rst,
  input  wire run_i,
  input  wire valid_i,
  input  wire last_i,
  input  wire shift_i,
  input  wire [9:0] a_i,
  input  wire [39:0] b_i,
  input  wire [171:0] sum_i,
  output wire [39:0] b_o,
  output wire [171:0] sum_o
);

  wire valid0;
  wire last0;
  wire shift0;
  wire [9:0] a0;
  wire [9:0] b0;
  wire [42:0] sum0;
  wire valid1;
  wire last1;
  wire shift1;
  wire [9:0] a1;
  wire [9:0] b1;
  wire [42:0] sum1;
  wire valid2;
  wire last2;
  wire shift2;
  wire [9:0] a2;
  wire [9:0] b2;
  wire [42:0] sum2;
  wire [9:0] b3;
  wire [42:0] sum3;

  assign b_o = {b3, b2, b1, b0};
  assign sum_o = {sum3, sum2, sum1, sum0};

  nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed_pe u_pe0 (
    .clk(clk),
    .rst(rst),
    .run_i(run_i),
    .valid_i(valid_i),
    .last_i(last_i),
    .shift_i(shift_i),
    .a_i(a_i),
    .b_i(b_i[9:0]),
    .sum_i(sum_i[42:0]),
    .valid_o(valid0),
    .last_o(last0),
    .shift_o(shift0),
    .a_o(a0),
    .b_o(b0),
    .sum_o(sum0)
  );

  nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed_pe u_pe1 (
    .clk(clk),
    .rst(rst),
    .run_i(run_i),
    .valid_i(valid0),
    .last_i(last0),
    .shift_i(shift0),
    .a_i(a0),
    .b_i(b_i[19:10]),
    .sum_i(sum_i[85:43]),
    .valid_o(valid1),
    .last_o(last1),
    .shift_o(shift1),
    .a_o(a1),
    .b_o(b1),
    .sum_o(sum1)
  );

  nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed_pe u_pe2 (
    .clk(clk),
    .rst(rst),
    .run_i(run_i),
    .valid_i(valid1),
    .last_i(last1),
    .shift_i(shift1),
    .a_i(a1),
    .b_i(b_i[29:20]),
    .sum_i(sum_i[128:86]),
    .valid_o(valid2),
    .last_o(last2),
    .shift_o(shift2),
    .a_o(a2),
    .b_o(b2),
    .sum_o(sum2)
  );

  wire pe3_valid_o_unused;
  wire pe3_last_o_unused;
  wire pe3_shift_o_unused;
  wire [9:0] pe3_a_o_unused;
  nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed_pe u_pe3 (
    .clk(clk),
    .rst(rst),
    .run_i(run_i),
    .valid_i(valid2),
    .last_i(last2),
    .shift_i(shift2),
    .a_i(a2),
    .b_i(b_i[39:30]),
    .sum_i(sum_i[171:129]),
    .valid_o(pe3_valid_o_unused),
    .last_o(pe3_last_o_unused),
    .shift_o(pe3_shift_o_unused),
    .a_o(pe3_a_o_unused),
    .b_o(b3),
    .sum_o(sum3)
  );

endmodule

`default_nettype wire

// nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed
// block        mac_array: multiplies matrices on an array of multiply-accumulate elements
// computes     c[i][j] = sum over k of (a[i][k] - a_zero) * (b[k][j] - b_zero)
// config       m=4 k=32 n=4 format=e4m3, else defaults
// niello       0.1.0, config b52c8926c4c3a987
// tiles        1 x 1 of 32 steps
// last         ignored at the inputs: a frame is whole tiles by count
// accumulator  42 bits, exact: proven for -1683627180032..=1683627180032; leaves in fixed point, flags above it
// in  a_axis: 4 x 8 bits signed a beat, last is ignored: frames end by count
// in  b_axis: 4 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 4 x 43 bits signed a beat, with a last mark
`default_nettype none

module nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed (
  input  wire clk,
  input  wire rst,
  input  wire [31:0] a_axis_tdata,
  input  wire a_axis_tvalid,
  input  wire a_axis_tlast,
  output wire a_axis_tready,
  input  wire [31:0] b_axis_tdata,
  input  wire b_axis_tvalid,
  input  wire b_axis_tlast,
  output wire b_axis_tready,
  output wire [171:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [4:0] k_tile_q;
  reg [9:0] a0_q;
  reg [9:0] a1_q;
  reg [9:0] a2_q;
  reg [9:0] a3_q;
  reg [9:0] b0_q;
  reg [9:0] b1_q;
  reg [9:0] b2_q;
  reg [9:0] b3_q;
  reg valid_q;
  reg valid_p1_q;
  reg last_p0_q;
  reg last_p1_q;
  reg end_p1_q;
  reg bottom_p1_q;
  reg bottom_p2_q;
  reg bottom_p3_q;
  reg bottom_p4_q;
  reg [1:0] row_q;
  reg bottom_end_p1_q;
  reg bottom_end_p2_q;
  reg bottom_end_p3_q;
  reg bottom_end_p4_q;
  reg frame_end_q;
  reg [9:0] a_in1_p1_q;
  reg [9:0] a_in2_p1_q;
  reg [9:0] a_in2_p2_q;
  reg [9:0] a_in3_p1_q;
  reg [9:0] a_in3_p2_q;
  reg [9:0] a_in3_p3_q;
  reg [9:0] b_in1_p1_q;
  reg [9:0] b_in2_p1_q;
  reg [9:0] b_in2_p2_q;
  reg [9:0] b_in3_p1_q;
  reg [9:0] b_in3_p2_q;
  reg [9:0] b_in3_p3_q;
  reg valid_row1_q;
  reg valid_row2_q;
  reg valid_row3_q;
  reg last_row1_q;
  reg last_row2_q;
  reg last_row3_q;
  reg [42:0] aligned0_p1_q;
  reg [42:0] aligned0_p2_q;
  reg [42:0] aligned0_p3_q;
  reg [42:0] aligned1_p1_q;
  reg [42:0] aligned1_p2_q;
  reg [42:0] aligned2_p1_q;
  reg aligned_p1_q;
  reg aligned_p2_q;
  reg aligned_p3_q;
  reg aligned_last_p1_q;
  reg aligned_last_p2_q;
  reg aligned_last_p3_q;
  wire [39:0] row0_b_o;
  wire [171:0] sums0;
  wire [39:0] row1_b_o;
  wire [171:0] sums1;
  wire [39:0] row2_b_o;
  wire [171:0] sums2;
  wire [171:0] sums3;

  wire run = ~aligned_p3_q | m_axis_tready;

  // a step takes a beat of both operands
  wire step_valid = a_axis_tvalid & b_axis_tvalid;
  wire step = run & step_valid;
  assign a_axis_tready = run & b_axis_tvalid;
  assign b_axis_tready = run & a_axis_tvalid;
  wire tile_end = k_tile_q == 5'd31;
  wire [4:0] k_tile_inc = k_tile_q + 5'd1;

  // operands: zero points off, padding to zero, as the elements take them
  wire [7:0] a_axis_lane0 = a_axis_tdata[7:0];
  wire [3:0] exponent = a_axis_lane0[6:3];
  wire [2:0] fraction = a_axis_tdata[2:0];
  wire a0_and = (&exponent) & (&fraction);
  wire normal = |exponent;
  wire [3:0] exponent_shift = exponent - {3'd0, normal};
  wire [7:0] a_axis_lane1 = a_axis_tdata[15:8];
  wire [3:0] exponent_l1 = a_axis_lane1[6:3];
  wire [2:0] fraction_l1 = a_axis_tdata[10:8];
  wire a1_and = (&exponent_l1) & (&fraction_l1);
  wire normal_l1 = |exponent_l1;
  wire [3:0] exponent_shift_l1 = exponent_l1 - {3'd0, normal_l1};
  wire [7:0] a_axis_lane2 = a_axis_tdata[23:16];
  wire [3:0] exponent_l2 = a_axis_lane2[6:3];
  wire [2:0] fraction_l2 = a_axis_tdata[18:16];
  wire a2_and = (&exponent_l2) & (&fraction_l2);
  wire normal_l2 = |exponent_l2;
  wire [3:0] exponent_shift_l2 = exponent_l2 - {3'd0, normal_l2};
  wire [7:0] a_axis_lane3 = a_axis_tdata[31:24];
  wire [3:0] exponent_l3 = a_axis_lane3[6:3];
  wire [2:0] fraction_l3 = a_axis_tdata[26:24];
  wire a3_and = (&exponent_l3) & (&fraction_l3);
  wire normal_l3 = |exponent_l3;
  wire [3:0] exponent_shift_l3 = exponent_l3 - {3'd0, normal_l3};
  wire [7:0] b_axis_lane0 = b_axis_tdata[7:0];
  wire [3:0] exponent_l4 = b_axis_lane0[6:3];
  wire [2:0] fraction_l4 = b_axis_tdata[2:0];
  wire b0_and = (&exponent_l4) & (&fraction_l4);
  wire normal_l4 = |exponent_l4;
  wire [3:0] exponent_shift_l4 = exponent_l4 - {3'd0, normal_l4};
  wire [7:0] b_axis_lane1 = b_axis_tdata[15:8];
  wire [3:0] exponent_l5 = b_axis_lane1[6:3];
  wire [2:0] fraction_l5 = b_axis_tdata[10:8];
  wire b1_and = (&exponent_l5) & (&fraction_l5);
  wire normal_l5 = |exponent_l5;
  wire [3:0] exponent_shift_l5 = exponent_l5 - {3'd0, normal_l5};
  wire [7:0] b_axis_lane2 = b_axis_tdata[23:16];
  wire [3:0] exponent_l6 = b_axis_lane2[6:3];
  wire [2:0] fraction_l6 = b_axis_tdata[18:16];
  wire b2_and = (&exponent_l6) & (&fraction_l6);
  wire normal_l6 = |exponent_l6;
  wire [3:0] exponent_shift_l6 = exponent_l6 - {3'd0, normal_l6};
  wire [7:0] b_axis_lane3 = b_axis_tdata[31:24];
  wire [3:0] exponent_l7 = b_axis_lane3[6:3];
  wire [2:0] fraction_l7 = b_axis_tdata[26:24];
  wire b3_and = (&exponent_l7) & (&fraction_l7);
  wire normal_l7 = |exponent_l7;
  wire [3:0] exponent_shift_l7 = exponent_l7 - {3'd0, normal_l7};
  wire step_last = step_valid & tile_end;

  // the rows of a finished tile, seen at the bottom of column 0
  wire draining = bottom_p4_q | (|row_q);
  wire last_row = row_q == 2'd3;
  wire [1:0] row_inc = row_q + 2'd1;

  // results
  assign m_axis_tdata = {sums3[171:129], aligned2_p1_q, aligned1_p2_q, aligned0_p3_q};

  // the array
  nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed_row u_row0 (
    .clk(clk),
    .rst(rst),
    .run_i(run),
    .valid_i(valid_p1_q),
    .last_i(last_p1_q),
    .shift_i(1'd0),
    .a_i(a3_q),
    .b_i({b_in3_p3_q, b_in2_p2_q, b_in1_p1_q, b0_q}),
    .sum_i(172'h0),
    .b_o(row0_b_o),
    .sum_o(sums0)
  );

  // the array
  nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed_row u_row1 (
    .clk(clk),
    .rst(rst),
    .run_i(run),
    .valid_i(valid_row1_q),
    .last_i(last_row1_q),
    .shift_i(draining & (row_q < 2'd1)),
    .a_i(a_in1_p1_q),
    .b_i(row0_b_o),
    .sum_i(sums0),
    .b_o(row1_b_o),
    .sum_o(sums1)
  );

  // the array
  nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed_row u_row2 (
    .clk(clk),
    .rst(rst),
    .run_i(run),
    .valid_i(valid_row2_q),
    .last_i(last_row2_q),
    .shift_i(draining & (row_q < 2'd2)),
    .a_i(a_in2_p2_q),
    .b_i(row1_b_o),
    .sum_i(sums1),
    .b_o(row2_b_o),
    .sum_o(sums2)
  );

  // the array
  wire [39:0] row3_b_o_unused;
  nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed_row u_row3 (
    .clk(clk),
    .rst(rst),
    .run_i(run),
    .valid_i(valid_row3_q),
    .last_i(last_row3_q),
    .shift_i(draining & (row_q < 2'd3)),
    .a_i(a_in3_p3_q),
    .b_i(row2_b_o),
    .sum_i(sums2),
    .b_o(row3_b_o_unused),
    .sum_o(sums3)
  );

  assign m_axis_tvalid = aligned_p3_q;
  assign m_axis_tlast = aligned_last_p3_q;

  // a step takes a beat of both operands
  always @(posedge clk) begin
    if (rst) begin
      k_tile_q <= 5'd0;
    end else if (step) begin
      k_tile_q <= k_tile_inc;
    end
  end

  // operands: zero points off, padding to zero, as the elements take them
  always @(posedge clk) begin
    if (run) begin
      a0_q <= {a0_and, a_axis_lane0[7], (a0_and ? 4'd0 : exponent_shift), (a0_and ? 4'd0 : {normal, fraction})};
      a1_q <= {a1_and, a_axis_lane1[7], (a1_and ? 4'd0 : exponent_shift_l1), (a1_and ? 4'd0 : {normal_l1,
      fraction_l1})};
      a2_q <= {a2_and, a_axis_lane2[7], (a2_and ? 4'd0 : exponent_shift_l2), (a2_and ? 4'd0 : {normal_l2,
      fraction_l2})};
      a3_q <= {a3_and, a_axis_lane3[7], (a3_and ? 4'd0 : exponent_shift_l3), (a3_and ? 4'd0 : {normal_l3,
      fraction_l3})};
      b0_q <= {b0_and, b_axis_lane0[7], (b0_and ? 4'd0 : exponent_shift_l4), (b0_and ? 4'd0 : {normal_l4,
      fraction_l4})};
      b1_q <= {b1_and, b_axis_lane1[7], (b1_and ? 4'd0 : exponent_shift_l5), (b1_and ? 4'd0 : {normal_l5,
      fraction_l5})};
      b2_q <= {b2_and, b_axis_lane2[7], (b2_and ? 4'd0 : exponent_shift_l6), (b2_and ? 4'd0 : {normal_l6,
      fraction_l6})};
      b3_q <= {b3_and, b_axis_lane3[7], (b3_and ? 4'd0 : exponent_shift_l7), (b3_and ? 4'd0 : {normal_l7,
      fraction_l7})};
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      valid_q <= 1'd0;
    end else if (run) begin
      valid_q <= step_valid;
    end
  end

  // control of the first element; each row sees it one cycle after the row above
  always @(posedge clk) begin
    if (rst) begin
      valid_p1_q <= 1'd0;
      last_p0_q <= 1'd1;
      last_p1_q <= 1'd1;
    end else if (run) begin
      valid_p1_q <= valid_q;
      last_p0_q <= step_last;
      last_p1_q <= last_p0_q;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      end_p1_q <= 1'd1;
    end
  end

  // the rows of a finished tile, seen at the bottom of column 0
  always @(posedge clk) begin
    if (rst) begin
      bottom_p1_q <= 1'd0;
      bottom_p2_q <= 1'd0;
      bottom_p3_q <= 1'd0;
      bottom_p4_q <= 1'd0;
    end else if (run) begin
      bottom_p1_q <= valid_p1_q & last_p1_q;
      bottom_p2_q <= bottom_p1_q;
      bottom_p3_q <= bottom_p2_q;
      bottom_p4_q <= bottom_p3_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_q <= 2'd0;
    end else if (run & draining) begin
      row_q <= row_inc;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      bottom_end_p1_q <= end_p1_q;
      bottom_end_p2_q <= bottom_end_p1_q;
      bottom_end_p3_q <= bottom_end_p2_q;
      bottom_end_p4_q <= bottom_end_p3_q;
    end
  end

  always @(posedge clk) begin
    if (run & bottom_p4_q) begin
      frame_end_q <= bottom_end_p4_q;
    end
  end

  // skewed operands
  always @(posedge clk) begin
    if (run) begin
      a_in1_p1_q <= a2_q;
      a_in2_p1_q <= a1_q;
      a_in2_p2_q <= a_in2_p1_q;
      a_in3_p1_q <= a0_q;
      a_in3_p2_q <= a_in3_p1_q;
      a_in3_p3_q <= a_in3_p2_q;
      b_in1_p1_q <= b1_q;
      b_in2_p1_q <= b2_q;
      b_in2_p2_q <= b_in2_p1_q;
      b_in3_p1_q <= b3_q;
      b_in3_p2_q <= b_in3_p1_q;
      b_in3_p3_q <= b_in3_p2_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      valid_row1_q <= 1'd0;
      valid_row2_q <= 1'd0;
      valid_row3_q <= 1'd0;
      last_row1_q <= 1'd1;
      last_row2_q <= 1'd1;
      last_row3_q <= 1'd1;
    end else if (run) begin
      valid_row1_q <= valid_p1_q;
      valid_row2_q <= valid_row1_q;
      valid_row3_q <= valid_row2_q;
      last_row1_q <= last_p1_q;
      last_row2_q <= last_row1_q;
      last_row3_q <= last_row2_q;
    end
  end

  // columns, aligned again
  always @(posedge clk) begin
    if (run) begin
      aligned0_p1_q <= sums3[42:0];
      aligned0_p2_q <= aligned0_p1_q;
      aligned0_p3_q <= aligned0_p2_q;
      aligned1_p1_q <= sums3[85:43];
      aligned1_p2_q <= aligned1_p1_q;
      aligned2_p1_q <= sums3[128:86];
      aligned_last_p1_q <= frame_end_q & last_row;
      aligned_last_p2_q <= aligned_last_p1_q;
      aligned_last_p3_q <= aligned_last_p2_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      aligned_p1_q <= 1'd0;
      aligned_p2_q <= 1'd0;
      aligned_p3_q <= 1'd0;
    end else if (run) begin
      aligned_p1_q <= draining;
      aligned_p2_q <= aligned_p1_q;
      aligned_p3_q <= aligned_p2_q;
    end
  end

  wire unused_ok = &{1'b0, b_axis_lane3[2:0], b_axis_lane2[2:0], b_axis_lane1[2:0], b_axis_lane0[2:0],
      a_axis_lane3[2:0], a_axis_lane2[2:0], a_axis_lane1[2:0], a_axis_lane0[2:0], b_axis_tlast, a_axis_tlast};

endmodule

`default_nettype wire

// nl_stream_fifo_u4x8_d4
// block     stream_fifo: buffers beats in order
// computes  y[i] = x[i]
// config    lanes=4 depth=4, else defaults
// niello    0.1.0, config 532245e0c798400c
// in  s_axis: 4 x 8 bits unsigned a beat, with a last mark
// out m_axis: 4 x 8 bits unsigned a beat, with a last mark
`default_nettype none

module nl_stream_fifo_u4x8_d4 (
  input  wire clk,
  input  wire rst,
  input  wire [31:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [31:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [1:0] wr_q;
  reg [1:0] rd_q;
  reg [2:0] used_q;
  reg out_valid_q;
  reg [32:0] places_q;
  reg [32:0] places [0:3];

  // places: written at wr, read at rd, used of them in use
  wire out_valid_d = |used_q;

  // the output beat is the RAM's read register
  wire s_axis_fire = s_axis_tvalid & (used_q != 3'd4);
  wire rd_en = out_valid_d & (~out_valid_q | m_axis_tready);
  wire [1:0] wr_inc = wr_q + 2'd1;
  wire [1:0] rd_inc = rd_q + 2'd1;
  wire [2:0] up = used_q + 3'd1;
  wire [2:0] down = used_q - 3'd1;
  assign m_axis_tdata = places_q[31:0];
  assign m_axis_tlast = places_q[32];

  // the output beat is the RAM's read register
  always @(posedge clk) if (s_axis_fire) begin
    places[wr_q] <= {s_axis_tlast, s_axis_tdata};
  end
  always @(posedge clk) if (rd_en) begin
    places_q <= places[rd_q];
  end

  // places: written at wr, read at rd, used of them in use
  assign s_axis_tready = used_q != 3'd4;

  assign m_axis_tvalid = out_valid_q;

  // places: written at wr, read at rd, used of them in use
  always @(posedge clk) begin
    if (rst) begin
      wr_q <= 2'd0;
    end else if (s_axis_fire) begin
      wr_q <= wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rd_q <= 2'd0;
    end else if (rd_en) begin
      rd_q <= rd_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      used_q <= 3'd0;
    end else if (s_axis_fire ^ rd_en) begin
      used_q <= s_axis_fire ? up : down;
    end
  end

  // the output beat is the RAM's read register
  always @(posedge clk) begin
    if (rst) begin
      out_valid_q <= 1'd0;
    end else if (~out_valid_q | m_axis_tready) begin
      out_valid_q <= out_valid_d;
    end
  end

endmodule

`default_nettype wire

// nl_mx_array_e4m3_e8m0_4x4x1_b32_h0cad63
// block     mx_array: multiplies matrices of block formats: MX, shared exponents
// computes  c[i][j] = sum over blocks of 2^(sa + sb) * sum over the block of a[i][k] * b[k][j]
// config    defaults
// niello    0.1.0, config dd328f19270cad63
// tiles     1 of 2 blocks, 32 steps each
// rounding  float32, rounded half to even after every block; blocks exact
// last      ignored at the inputs: a frame is whole tiles by count
// in  a_axis: 4 x 8 bits signed a beat, with a last mark
// in  b_axis: 4 x 8 bits signed a beat, with a last mark
// in  a_scale_axis: 4 x 8 bits unsigned a beat, with a last mark
// in  b_scale_axis: 4 x 8 bits unsigned a beat, with a last mark
// out m_axis: 4 x 32 bits unsigned a beat, with a last mark
`default_nettype none

module nl_mx_array_e4m3_e8m0_4x4x1_b32_h0cad63 (
  input  wire clk,
  input  wire rst,
  input  wire [31:0] a_axis_tdata,
  input  wire a_axis_tvalid,
  input  wire a_axis_tlast,
  output wire a_axis_tready,
  input  wire [31:0] b_axis_tdata,
  input  wire b_axis_tvalid,
  input  wire b_axis_tlast,
  output wire b_axis_tready,
  input  wire [31:0] a_scale_axis_tdata,
  input  wire a_scale_axis_tvalid,
  input  wire a_scale_axis_tlast,
  output wire a_scale_axis_tready,
  input  wire [31:0] b_scale_axis_tdata,
  input  wire b_scale_axis_tvalid,
  input  wire b_scale_axis_tlast,
  output wire b_scale_axis_tready,
  output wire [127:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg flight_p1_q;
  reg flight_p2_q;
  reg flight_p3_q;
  reg flight_p4_q;
  reg flight_p5_q;
  reg flight_p6_q;
  reg [1:0] row_q;
  reg block_q;
  reg valid_q;
  reg first_q;
  reg last_q;
  reg end_q;
  reg [1:0] row_p1_q;
  reg [41:0] sum0_q;
  reg marks0_q;
  reg [8:0] shift0_q;
  reg [41:0] sum1_q;
  reg marks1_q;
  reg [8:0] shift1_q;
  reg [41:0] sum2_q;
  reg marks2_q;
  reg [8:0] shift2_q;
  reg [41:0] sum3_q;
  reg marks3_q;
  reg [8:0] shift3_q;
  reg normalizing_q;
  reg adding_first_p1_q;
  reg adding_first_p2_q;
  reg [1:0] row_p2_q;
  reg term0_sign_q;
  reg [41:0] term0_magnitude_q;
  reg signed [9:0] term0_place_q;
  reg term0_marks_q;
  reg [41:0] term0_leading_q;
  reg term0_negative_q;
  reg signed [10:0] term0_exponent_q;
  reg [2:0] term0_special_q;
  reg term1_sign_q;
  reg [41:0] term1_magnitude_q;
  reg signed [9:0] term1_place_q;
  reg term1_marks_q;
  reg [41:0] term1_leading_q;
  reg term1_negative_q;
  reg signed [10:0] term1_exponent_q;
  reg [2:0] term1_special_q;
  reg term2_sign_q;
  reg [41:0] term2_magnitude_q;
  reg signed [9:0] term2_place_q;
  reg term2_marks_q;
  reg [41:0] term2_leading_q;
  reg term2_negative_q;
  reg signed [10:0] term2_exponent_q;
  reg [2:0] term2_special_q;
  reg term3_sign_q;
  reg [41:0] term3_magnitude_q;
  reg signed [9:0] term3_place_q;
  reg term3_marks_q;
  reg [41:0] term3_leading_q;
  reg term3_negative_q;
  reg signed [10:0] term3_exponent_q;
  reg [2:0] term3_special_q;
  reg signed [10:0] lane0_exponent_q;
  reg [5:0] lane0_distance_q;
  reg [41:0] lane0_big_q;
  reg [41:0] lane0_small_q;
  reg lane0_big_sign_q;
  reg lane0_opposite_q;
  reg [2:0] lane0_marks_q;
  reg [44:0] lane0_small_aligned_q;
  reg [41:0] lane0_big_aligned_q;
  reg lane0_sign_aligned_q;
  reg lane0_opposite_aligned_q;
  reg signed [10:0] lane0_exponent_aligned_q;
  reg [2:0] lane0_marks_aligned_q;
  reg lane0_negative_q;
  reg [45:0] lane0_magnitude_q;
  reg signed [11:0] lane0_above_q;
  reg [2:0] lane0_marks_sum_q;
  reg [5:0] lane0_count_q;
  reg lane0_negative_late_q;
  reg [45:0] lane0_magnitude_late_q;
  reg signed [11:0] lane0_above_late_q;
  reg [2:0] lane0_marks_late_q;
  reg lane0_sign_q;
  reg [45:0] lane0_leading_q;
  reg signed [12:0] lane0_field_q;
  reg [2:0] lane0_special_q;
  reg signed [10:0] lane1_exponent_q;
  reg [5:0] lane1_distance_q;
  reg [41:0] lane1_big_q;
  reg [41:0] lane1_small_q;
  reg lane1_big_sign_q;
  reg lane1_opposite_q;
  reg [2:0] lane1_marks_q;
  reg [44:0] lane1_small_aligned_q;
  reg [41:0] lane1_big_aligned_q;
  reg lane1_sign_aligned_q;
  reg lane1_opposite_aligned_q;
  reg signed [10:0] lane1_exponent_aligned_q;
  reg [2:0] lane1_marks_aligned_q;
  reg lane1_negative_q;
  reg [45:0] lane1_magnitude_q;
  reg signed [11:0] lane1_above_q;
  reg [2:0] lane1_marks_sum_q;
  reg [5:0] lane1_count_q;
  reg lane1_negative_late_q;
  reg [45:0] lane1_magnitude_late_q;
  reg signed [11:0] lane1_above_late_q;
  reg [2:0] lane1_marks_late_q;
  reg lane1_sign_q;
  reg [45:0] lane1_leading_q;
  reg signed [12:0] lane1_field_q;
  reg [2:0] lane1_special_q;
  reg signed [10:0] lane2_exponent_q;
  reg [5:0] lane2_distance_q;
  reg [41:0] lane2_big_q;
  reg [41:0] lane2_small_q;
  reg lane2_big_sign_q;
  reg lane2_opposite_q;
  reg [2:0] lane2_marks_q;
  reg [44:0] lane2_small_aligned_q;
  reg [41:0] lane2_big_aligned_q;
  reg lane2_sign_aligned_q;
  reg lane2_opposite_aligned_q;
  reg signed [10:0] lane2_exponent_aligned_q;
  reg [2:0] lane2_marks_aligned_q;
  reg lane2_negative_q;
  reg [45:0] lane2_magnitude_q;
  reg signed [11:0] lane2_above_q;
  reg [2:0] lane2_marks_sum_q;
  reg [5:0] lane2_count_q;
  reg lane2_negative_late_q;
  reg [45:0] lane2_magnitude_late_q;
  reg signed [11:0] lane2_above_late_q;
  reg [2:0] lane2_marks_late_q;
  reg lane2_sign_q;
  reg [45:0] lane2_leading_q;
  reg signed [12:0] lane2_field_q;
  reg [2:0] lane2_special_q;
  reg signed [10:0] lane3_exponent_q;
  reg [5:0] lane3_distance_q;
  reg [41:0] lane3_big_q;
  reg [41:0] lane3_small_q;
  reg lane3_big_sign_q;
  reg lane3_opposite_q;
  reg [2:0] lane3_marks_q;
  reg [44:0] lane3_small_aligned_q;
  reg [41:0] lane3_big_aligned_q;
  reg lane3_sign_aligned_q;
  reg lane3_opposite_aligned_q;
  reg signed [10:0] lane3_exponent_aligned_q;
  reg [2:0] lane3_marks_aligned_q;
  reg lane3_negative_q;
  reg [45:0] lane3_magnitude_q;
  reg signed [11:0] lane3_above_q;
  reg [2:0] lane3_marks_sum_q;
  reg [5:0] lane3_count_q;
  reg lane3_negative_late_q;
  reg [45:0] lane3_magnitude_late_q;
  reg signed [11:0] lane3_above_late_q;
  reg [2:0] lane3_marks_late_q;
  reg lane3_sign_q;
  reg [45:0] lane3_leading_q;
  reg signed [12:0] lane3_field_q;
  reg [2:0] lane3_special_q;
  reg adding_p1_q;
  reg adding_p2_q;
  reg adding_p3_q;
  reg adding_p4_q;
  reg adding_p5_q;
  reg adding_p6_q;
  reg [1:0] adding_row_p1_q;
  reg [1:0] adding_row_p2_q;
  reg [1:0] adding_row_p3_q;
  reg [1:0] adding_row_p4_q;
  reg [1:0] adding_row_p5_q;
  reg [1:0] adding_row_p6_q;
  reg adding_last_p1_q;
  reg adding_last_p2_q;
  reg adding_last_p3_q;
  reg adding_last_p4_q;
  reg adding_last_p5_q;
  reg adding_last_p6_q;
  reg adding_last_p7_q;
  reg leaving_q;
  reg leaving_end_p1_q;
  reg leaving_end_p2_q;
  reg leaving_end_p3_q;
  reg leaving_end_p4_q;
  reg leaving_end_p5_q;
  reg leaving_end_p6_q;
  reg leaving_end_p7_q;
  reg leaving_end_p8_q;
  reg [127:0] results_q;
  wire a_scale_axis_ready;
  wire [31:0] a_scales_m_axis_tdata;
  wire a_scales_m_axis_tvalid;
  wire b_scale_axis_ready;
  wire [31:0] b_scales_m_axis_tdata;
  wire b_scales_m_axis_tvalid;
  wire a_axis_ready;
  wire b_axis_ready;
  wire [171:0] array_m_axis_tdata;
  wire array_m_axis_tvalid;
  reg [127:0] sums_q;
  reg [127:0] sums [0:3];

  // the array sums blocks
  wire run = ~leaving_q | m_axis_tready;

  // a row of sums meets the scales of its block
  wire [1:0] sum = {1'd0, flight_p1_q} + {1'd0, flight_p2_q};
  wire [1:0] sum_l1 = {1'd0, flight_p3_q} + {1'd0, flight_p4_q};
  wire [1:0] row_is_back_sum_sum = {1'd0, flight_p5_q} + {1'd0, flight_p6_q};
  wire [2:0] row_is_back_sum_sum_l1 = {1'd0, sum} + {1'd0, sum_l1};
  wire [3:0] row_is_back_sum = {1'd0, row_is_back_sum_sum_l1} + {2'd0, row_is_back_sum_sum};
  wire row_is_back = row_is_back_sum < 4'd4;
  wire fire = (((run & array_m_axis_tvalid) & a_scales_m_axis_tvalid) & b_scales_m_axis_tvalid) & row_is_back;
  wire row_last = row_q == 2'd3;
  wire [1:0] row_inc = row_q + 2'd1;
  wire block_last = block_q == 1'd1;
  wire block_inc = block_q + 1'd1;
  wire [7:0] of_row_bits = a_scales_m_axis_tdata[7:0];
  wire [7:0] of_row_bits_l1 = a_scales_m_axis_tdata[15:8];
  wire [7:0] of_row_bits_l2 = a_scales_m_axis_tdata[23:16];
  wire [7:0] of_row_bits_l3 = a_scales_m_axis_tdata[31:24];
  reg [7:0] of_row;
  always @* begin
    case (row_q)
      2'd0: of_row = of_row_bits;
      2'd1: of_row = of_row_bits_l1;
      2'd2: of_row = of_row_bits_l2;
      default: of_row = of_row_bits_l3;
    endcase
  end
  reg nan;
  always @* begin
    case (row_q)
      2'd0: nan = &of_row_bits;
      2'd1: nan = &of_row_bits_l1;
      2'd2: nan = &of_row_bits_l2;
      default: nan = &of_row_bits_l3;
    endcase
  end
  wire [42:0] marks0_bits = array_m_axis_tdata[42:0];
  wire [7:0] scale0_shift_bits = b_scales_m_axis_tdata[7:0];
  wire scale0_nan = nan | (&scale0_shift_bits);
  wire [8:0] scale0_shift = {1'd0, of_row} + {1'd0, scale0_shift_bits};
  wire [42:0] marks1_bits = array_m_axis_tdata[85:43];
  wire [7:0] scale1_shift_bits = b_scales_m_axis_tdata[15:8];
  wire scale1_nan = nan | (&scale1_shift_bits);
  wire [8:0] scale1_shift = {1'd0, of_row} + {1'd0, scale1_shift_bits};
  wire [42:0] marks2_bits = array_m_axis_tdata[128:86];
  wire [7:0] scale2_shift_bits = b_scales_m_axis_tdata[23:16];
  wire scale2_nan = nan | (&scale2_shift_bits);
  wire [8:0] scale2_shift = {1'd0, of_row} + {1'd0, scale2_shift_bits};
  wire [42:0] marks3_bits = array_m_axis_tdata[171:129];
  wire [7:0] scale3_shift_bits = b_scales_m_axis_tdata[31:24];
  wire scale3_nan = nan | (&scale3_shift_bits);
  wire [8:0] scale3_shift = {1'd0, of_row} + {1'd0, scale3_shift_bits};

  // block sums, normalized
  wire signed [9:0] term0_place_exact = {1'd0, shift0_q} - 10'd104;
  wire signed [41:0] negated = 42'h0 - sum0_q;
  wire term0_moves32 = ~(|(term0_magnitude_q[41:10]));
  wire [41:0] term0_moved32 = term0_moves32 ? {term0_magnitude_q[9:0], 32'h0} : term0_magnitude_q;
  wire term0_moves16 = ~(|(term0_moved32[41:26]));
  wire [41:0] term0_moved16 = term0_moves16 ? {term0_moved32[25:0], 16'd0} : term0_moved32;
  wire term0_moves8 = ~(|(term0_moved16[41:34]));
  wire [41:0] term0_moved8 = term0_moves8 ? {term0_moved16[33:0], 8'd0} : term0_moved16;
  wire term0_moves4 = ~(|(term0_moved8[41:38]));
  wire [41:0] term0_moved4 = term0_moves4 ? {term0_moved8[37:0], 4'd0} : term0_moved8;
  wire term0_moves2 = ~(|(term0_moved4[41:40]));
  wire [41:0] term0_moved2 = term0_moves2 ? {term0_moved4[39:0], 2'd0} : term0_moved4;
  wire term0_moves1 = ~term0_moved2[41];
  wire [41:0] term0_moved1 = term0_moves1 ? {term0_moved2[40:0], 1'd0} : term0_moved2;
  wire [6:0] term0_exponent_exact_ext = {1'd0, {term0_moves32, term0_moves16, term0_moves8, term0_moves4,
      term0_moves2, term0_moves1}};
  wire signed [10:0] term0_exponent_exact = {term0_place_q[9],
      term0_place_q} - {{4{term0_exponent_exact_ext[6]}}, term0_exponent_exact_ext};
  wire signed [9:0] term1_place_exact = {1'd0, shift1_q} - 10'd104;
  wire signed [41:0] negated_l1 = 42'h0 - sum1_q;
  wire term1_moves32 = ~(|(term1_magnitude_q[41:10]));
  wire [41:0] term1_moved32 = term1_moves32 ? {term1_magnitude_q[9:0], 32'h0} : term1_magnitude_q;
  wire term1_moves16 = ~(|(term1_moved32[41:26]));
  wire [41:0] term1_moved16 = term1_moves16 ? {term1_moved32[25:0], 16'd0} : term1_moved32;
  wire term1_moves8 = ~(|(term1_moved16[41:34]));
  wire [41:0] term1_moved8 = term1_moves8 ? {term1_moved16[33:0], 8'd0} : term1_moved16;
  wire term1_moves4 = ~(|(term1_moved8[41:38]));
  wire [41:0] term1_moved4 = term1_moves4 ? {term1_moved8[37:0], 4'd0} : term1_moved8;
  wire term1_moves2 = ~(|(term1_moved4[41:40]));
  wire [41:0] term1_moved2 = term1_moves2 ? {term1_moved4[39:0], 2'd0} : term1_moved4;
  wire term1_moves1 = ~term1_moved2[41];
  wire [41:0] term1_moved1 = term1_moves1 ? {term1_moved2[40:0], 1'd0} : term1_moved2;
  wire [6:0] term1_exponent_exact_ext = {1'd0, {term1_moves32, term1_moves16, term1_moves8, term1_moves4,
      term1_moves2, term1_moves1}};
  wire signed [10:0] term1_exponent_exact = {term1_place_q[9],
      term1_place_q} - {{4{term1_exponent_exact_ext[6]}}, term1_exponent_exact_ext};
  wire signed [9:0] term2_place_exact = {1'd0, shift2_q} - 10'd104;
  wire signed [41:0] negated_l2 = 42'h0 - sum2_q;
  wire term2_moves32 = ~(|(term2_magnitude_q[41:10]));
  wire [41:0] term2_moved32 = term2_moves32 ? {term2_magnitude_q[9:0], 32'h0} : term2_magnitude_q;
  wire term2_moves16 = ~(|(term2_moved32[41:26]));
  wire [41:0] term2_moved16 = term2_moves16 ? {term2_moved32[25:0], 16'd0} : term2_moved32;
  wire term2_moves8 = ~(|(term2_moved16[41:34]));
  wire [41:0] term2_moved8 = term2_moves8 ? {term2_moved16[33:0], 8'd0} : term2_moved16;
  wire term2_moves4 = ~(|(term2_moved8[41:38]));
  wire [41:0] term2_moved4 = term2_moves4 ? {term2_moved8[37:0], 4'd0} : term2_moved8;
  wire term2_moves2 = ~(|(term2_moved4[41:40]));
  wire [41:0] term2_moved2 = term2_moves2 ? {term2_moved4[39:0], 2'd0} : term2_moved4;
  wire term2_moves1 = ~term2_moved2[41];
  wire [41:0] term2_moved1 = term2_moves1 ? {term2_moved2[40:0], 1'd0} : term2_moved2;
  wire [6:0] term2_exponent_exact_ext = {1'd0, {term2_moves32, term2_moves16, term2_moves8, term2_moves4,
      term2_moves2, term2_moves1}};
  wire signed [10:0] term2_exponent_exact = {term2_place_q[9],
      term2_place_q} - {{4{term2_exponent_exact_ext[6]}}, term2_exponent_exact_ext};
  wire signed [9:0] term3_place_exact = {1'd0, shift3_q} - 10'd104;
  wire signed [41:0] negated_l3 = 42'h0 - sum3_q;
  wire term3_moves32 = ~(|(term3_magnitude_q[41:10]));
  wire [41:0] term3_moved32 = term3_moves32 ? {term3_magnitude_q[9:0], 32'h0} : term3_magnitude_q;
  wire term3_moves16 = ~(|(term3_moved32[41:26]));
  wire [41:0] term3_moved16 = term3_moves16 ? {term3_moved32[25:0], 16'd0} : term3_moved32;
  wire term3_moves8 = ~(|(term3_moved16[41:34]));
  wire [41:0] term3_moved8 = term3_moves8 ? {term3_moved16[33:0], 8'd0} : term3_moved16;
  wire term3_moves4 = ~(|(term3_moved8[41:38]));
  wire [41:0] term3_moved4 = term3_moves4 ? {term3_moved8[37:0], 4'd0} : term3_moved8;
  wire term3_moves2 = ~(|(term3_moved4[41:40]));
  wire [41:0] term3_moved2 = term3_moves2 ? {term3_moved4[39:0], 2'd0} : term3_moved4;
  wire term3_moves1 = ~term3_moved2[41];
  wire [41:0] term3_moved1 = term3_moves1 ? {term3_moved2[40:0], 1'd0} : term3_moved2;
  wire [6:0] term3_exponent_exact_ext = {1'd0, {term3_moves32, term3_moves16, term3_moves8, term3_moves4,
      term3_moves2, term3_moves1}};
  wire signed [10:0] term3_exponent_exact = {term3_place_q[9],
      term3_place_q} - {{4{term3_exponent_exact_ext[6]}}, term3_exponent_exact_ext};

  // added to the rows' sums
  wire [31:0] lane0_old = adding_first_p2_q ? 32'h0 : sums_q[31:0];
  wire [7:0] lane0_old_field = lane0_old[30:23];
  wire [22:0] lane0_old_fraction = lane0_old[22:0];
  wire lane0_marks_all = &lane0_old_field;
  wire lane0_old_normal = |lane0_old_field;
  wire [41:0] lane0_old_significand = {{lane0_old_normal, lane0_old_fraction}, 18'h0};
  wire [8:0] own_exponent = {1'd0, {lane0_old_field[7:1], (lane0_old_field[0] | ~lane0_old_normal)}};
  wire lane0_old_infinite = lane0_marks_all & ~(|lane0_old_fraction);
  wire signed [10:0] lane0_old_exponent = {{2{own_exponent[8]}}, own_exponent};
  wire lane0_swap = (lane0_old_exponent < term0_exponent_q) & term0_leading_q[41];
  wire signed [11:0] lane0_apart_diff = {term0_exponent_q[10], term0_exponent_q} - {lane0_old_exponent[10],
      lane0_old_exponent};
  wire signed [11:0] lane0_apart_diff_l1 = {lane0_old_exponent[10],
      lane0_old_exponent} - {term0_exponent_q[10], term0_exponent_q};
  wire signed [11:0] lane0_apart = lane0_swap ? lane0_apart_diff : lane0_apart_diff_l1;
  wire [44:0] lane0_aligned1_cat = {lane0_small_q, 3'd0};
  wire lane0_lost1 = lane0_distance_q[0] & lane0_aligned1_cat[0];
  wire [44:0] lane0_aligned1 = lane0_distance_q[0] ? {1'd0, lane0_aligned1_cat[44:1]} : lane0_aligned1_cat;
  wire lane0_lost2 = lane0_lost1 | (lane0_distance_q[1] & (|(lane0_aligned1[1:0])));
  wire [44:0] lane0_aligned2 = lane0_distance_q[1] ? {2'd0, lane0_aligned1[44:2]} : lane0_aligned1;
  wire lane0_lost4 = lane0_lost2 | (lane0_distance_q[2] & (|(lane0_aligned2[3:0])));
  wire [44:0] lane0_aligned4 = lane0_distance_q[2] ? {4'd0, lane0_aligned2[44:4]} : lane0_aligned2;
  wire lane0_lost8 = lane0_lost4 | (lane0_distance_q[3] & (|(lane0_aligned4[7:0])));
  wire [44:0] lane0_aligned8 = lane0_distance_q[3] ? {8'd0, lane0_aligned4[44:8]} : lane0_aligned4;
  wire lane0_lost16 = lane0_lost8 | (lane0_distance_q[4] & (|(lane0_aligned8[15:0])));
  wire [44:0] lane0_aligned16 = lane0_distance_q[4] ? {16'd0, lane0_aligned8[44:16]} : lane0_aligned8;
  wire lane0_lost32 = lane0_lost16 | (lane0_distance_q[5] & (|(lane0_aligned16[31:0])));
  wire [44:0] lane0_aligned32 = lane0_distance_q[5] ? {32'h0, lane0_aligned16[44:32]} : lane0_aligned16;
  wire [44:0] lane0_aligned = {lane0_aligned32[44:1], (lane0_aligned32[0] | lane0_lost32)};
  wire [44:0] big = {lane0_big_aligned_q, 3'd0};
  wire [45:0] lane0_plus = {1'd0, big} + {1'd0, lane0_small_aligned_q};
  wire signed [45:0] lane0_minus = {1'd0, big} - {1'd0, lane0_small_aligned_q};
  wire signed [46:0] lane0_exact = lane0_opposite_aligned_q ? {lane0_minus[45], lane0_minus} : {1'd0,
      lane0_plus};
  wire signed [46:0] negated_l4 = 47'h0 - lane0_exact;
  wire [46:0] lane0_magnitude_sel = lane0_exact[46] ? negated_l4 : lane0_exact;
  wire signed [11:0] lane0_above_d = {lane0_exponent_aligned_q[10], lane0_exponent_aligned_q} + 12'd1;
  wire [9:0] lane0_limit = lane0_above_q[9:0] - 10'd1;
  wire empty = ~lane0_magnitude_q[45] & ~lane0_magnitude_q[44];
  wire empty_l1 = ~lane0_magnitude_q[41] & ~lane0_magnitude_q[40];
  wire empty_l2 = ~lane0_magnitude_q[37] & ~lane0_magnitude_q[36];
  wire empty_l3 = ~lane0_magnitude_q[33] & ~lane0_magnitude_q[32];
  wire empty_l4 = ~lane0_magnitude_q[29] & ~lane0_magnitude_q[28];
  wire empty_l5 = ~lane0_magnitude_q[25] & ~lane0_magnitude_q[24];
  wire empty_l6 = ~lane0_magnitude_q[21] & ~lane0_magnitude_q[20];
  wire empty_l7 = ~lane0_magnitude_q[17] & ~lane0_magnitude_q[16];
  wire empty_l8 = ~lane0_magnitude_q[13] & ~lane0_magnitude_q[12];
  wire empty_l9 = ~lane0_magnitude_q[9] & ~lane0_magnitude_q[8];
  wire empty_l10 = ~lane0_magnitude_q[5] & ~lane0_magnitude_q[4];
  wire empty_l11 = ~lane0_magnitude_q[1] & ~lane0_magnitude_q[0];
  wire empty_l12 = empty & (~lane0_magnitude_q[43] & ~lane0_magnitude_q[42]);
  wire empty_l13 = empty_l2 & (~lane0_magnitude_q[35] & ~lane0_magnitude_q[34]);
  wire empty_l14 = empty_l4 & (~lane0_magnitude_q[27] & ~lane0_magnitude_q[26]);
  wire empty_l15 = empty_l6 & (~lane0_magnitude_q[19] & ~lane0_magnitude_q[18]);
  wire empty_l16 = empty_l8 & (~lane0_magnitude_q[11] & ~lane0_magnitude_q[10]);
  wire empty_l17 = empty_l10 & (~lane0_magnitude_q[3] & ~lane0_magnitude_q[2]);
  wire empty_l18 = empty_l12 & (empty_l1 & (~lane0_magnitude_q[39] & ~lane0_magnitude_q[38]));
  wire empty_l19 = empty_l14 & (empty_l5 & (~lane0_magnitude_q[23] & ~lane0_magnitude_q[22]));
  wire empty_l20 = empty_l16 & (empty_l9 & (~lane0_magnitude_q[7] & ~lane0_magnitude_q[6]));
  wire empty_l21 = empty_l18 & (empty_l13 & (empty_l3 & (~lane0_magnitude_q[31] & ~lane0_magnitude_q[30])));
  wire empty_l22 = empty_l21 & (empty_l19 & (empty_l15 & (empty_l7 & (~lane0_magnitude_q[15] &
      ~lane0_magnitude_q[14]))));
  wire [5:0] lane0_zeros = {empty_l22, (empty_l22 ? {1'd0, {empty_l20, (empty_l20 ? {empty_l17, (empty_l17 ?
      {empty_l11, (empty_l11 ? 1'd0 : ~lane0_magnitude_q[1])} : {empty_l10, (empty_l10 ?
      ~lane0_magnitude_q[3] : ~lane0_magnitude_q[5])})} : {empty_l16, (empty_l16 ? {empty_l9, (empty_l9 ?
      ~lane0_magnitude_q[7] : ~lane0_magnitude_q[9])} : {empty_l8, (empty_l8 ? ~lane0_magnitude_q[11] :
      ~lane0_magnitude_q[13])})})}} : {empty_l21, (empty_l21 ? {empty_l19, (empty_l19 ? {empty_l15,
      (empty_l15 ? {empty_l7, (empty_l7 ? ~lane0_magnitude_q[15] : ~lane0_magnitude_q[17])} : {empty_l6,
      (empty_l6 ? ~lane0_magnitude_q[19] : ~lane0_magnitude_q[21])})} : {empty_l14, (empty_l14 ? {empty_l5,
      (empty_l5 ? ~lane0_magnitude_q[23] : ~lane0_magnitude_q[25])} : {empty_l4, (empty_l4 ?
      ~lane0_magnitude_q[27] : ~lane0_magnitude_q[29])})})} : {empty_l18, (empty_l18 ? {empty_l13, (empty_l13 ?
      {empty_l3, (empty_l3 ? ~lane0_magnitude_q[31] : ~lane0_magnitude_q[33])} : {empty_l2, (empty_l2 ?
      ~lane0_magnitude_q[35] : ~lane0_magnitude_q[37])})} : {empty_l12, (empty_l12 ? {empty_l1, (empty_l1 ?
      ~lane0_magnitude_q[39] : ~lane0_magnitude_q[41])} : {empty, (empty ? ~lane0_magnitude_q[43] :
      ~lane0_magnitude_q[45])})})})})};
  wire [9:0] lane0_count_sel_ext = {4'd0, lane0_zeros};
  wire [9:0] lane0_count_sel = (lane0_count_sel_ext < lane0_limit) ? lane0_count_sel_ext : lane0_limit;
  wire [45:0] lane0_leading_d = lane0_magnitude_late_q << lane0_count_q;
  wire [6:0] lane0_field_ext = {1'd0, lane0_count_q};
  wire signed [12:0] lane0_field_d = {lane0_above_late_q[11], lane0_above_late_q} - {{6{lane0_field_ext[6]}},
      lane0_field_ext};
  wire [30:0] code = {(lane0_leading_q[45] ? lane0_field_q[7:0] : 8'd0), lane0_leading_q[44:22]} + {30'd0,
      lane0_leading_q[21] & ((|(lane0_leading_q[20:0])) | lane0_leading_q[22])};
  wire [31:0] total0 = (lane0_special_q[0] | (lane0_special_q[1] & lane0_special_q[2])) ? 32'h7fc00000 :
      ((lane0_special_q[1] | lane0_special_q[2]) ? {lane0_special_q[2], 31'h7f800000} : {lane0_sign_q,
      ((lane0_field_q > 13'sd254) ? 31'h7f800000 : code)});
  wire [31:0] lane1_old = adding_first_p2_q ? 32'h0 : sums_q[63:32];
  wire [7:0] lane1_old_field = lane1_old[30:23];
  wire [22:0] lane1_old_fraction = lane1_old[22:0];
  wire lane1_marks_all = &lane1_old_field;
  wire lane1_old_normal = |lane1_old_field;
  wire [41:0] lane1_old_significand = {{lane1_old_normal, lane1_old_fraction}, 18'h0};
  wire [8:0] own_exponent_l1 = {1'd0, {lane1_old_field[7:1], (lane1_old_field[0] | ~lane1_old_normal)}};
  wire lane1_old_infinite = lane1_marks_all & ~(|lane1_old_fraction);
  wire signed [10:0] lane1_old_exponent = {{2{own_exponent_l1[8]}}, own_exponent_l1};
  wire lane1_swap = (lane1_old_exponent < term1_exponent_q) & term1_leading_q[41];
  wire signed [11:0] lane1_apart_diff = {term1_exponent_q[10], term1_exponent_q} - {lane1_old_exponent[10],
      lane1_old_exponent};
  wire signed [11:0] lane1_apart_diff_l1 = {lane1_old_exponent[10],
      lane1_old_exponent} - {term1_exponent_q[10], term1_exponent_q};
  wire signed [11:0] lane1_apart = lane1_swap ? lane1_apart_diff : lane1_apart_diff_l1;
  wire [44:0] lane1_aligned1_cat = {lane1_small_q, 3'd0};
  wire lane1_lost1 = lane1_distance_q[0] & lane1_aligned1_cat[0];
  wire [44:0] lane1_aligned1 = lane1_distance_q[0] ? {1'd0, lane1_aligned1_cat[44:1]} : lane1_aligned1_cat;
  wire lane1_lost2 = lane1_lost1 | (lane1_distance_q[1] & (|(lane1_aligned1[1:0])));
  wire [44:0] lane1_aligned2 = lane1_distance_q[1] ? {2'd0, lane1_aligned1[44:2]} : lane1_aligned1;
  wire lane1_lost4 = lane1_lost2 | (lane1_distance_q[2] & (|(lane1_aligned2[3:0])));
  wire [44:0] lane1_aligned4 = lane1_distance_q[2] ? {4'd0, lane1_aligned2[44:4]} : lane1_aligned2;
  wire lane1_lost8 = lane1_lost4 | (lane1_distance_q[3] & (|(lane1_aligned4[7:0])));
  wire [44:0] lane1_aligned8 = lane1_distance_q[3] ? {8'd0, lane1_aligned4[44:8]} : lane1_aligned4;
  wire lane1_lost16 = lane1_lost8 | (lane1_distance_q[4] & (|(lane1_aligned8[15:0])));
  wire [44:0] lane1_aligned16 = lane1_distance_q[4] ? {16'd0, lane1_aligned8[44:16]} : lane1_aligned8;
  wire lane1_lost32 = lane1_lost16 | (lane1_distance_q[5] & (|(lane1_aligned16[31:0])));
  wire [44:0] lane1_aligned32 = lane1_distance_q[5] ? {32'h0, lane1_aligned16[44:32]} : lane1_aligned16;
  wire [44:0] lane1_aligned = {lane1_aligned32[44:1], (lane1_aligned32[0] | lane1_lost32)};
  wire [44:0] big_l1 = {lane1_big_aligned_q, 3'd0};
  wire [45:0] lane1_plus = {1'd0, big_l1} + {1'd0, lane1_small_aligned_q};
  wire signed [45:0] lane1_minus = {1'd0, big_l1} - {1'd0, lane1_small_aligned_q};
  wire signed [46:0] lane1_exact = lane1_opposite_aligned_q ? {lane1_minus[45], lane1_minus} : {1'd0,
      lane1_plus};
  wire signed [46:0] negated_l5 = 47'h0 - lane1_exact;
  wire [46:0] lane1_magnitude_sel = lane1_exact[46] ? negated_l5 : lane1_exact;
  wire signed [11:0] lane1_above_d = {lane1_exponent_aligned_q[10], lane1_exponent_aligned_q} + 12'd1;
  wire [9:0] lane1_limit = lane1_above_q[9:0] - 10'd1;
  wire empty_l23 = ~lane1_magnitude_q[45] & ~lane1_magnitude_q[44];
  wire empty_l24 = ~lane1_magnitude_q[41] & ~lane1_magnitude_q[40];
  wire empty_l25 = ~lane1_magnitude_q[37] & ~lane1_magnitude_q[36];
  wire empty_l26 = ~lane1_magnitude_q[33] & ~lane1_magnitude_q[32];
  wire empty_l27 = ~lane1_magnitude_q[29] & ~lane1_magnitude_q[28];
  wire empty_l28 = ~lane1_magnitude_q[25] & ~lane1_magnitude_q[24];
  wire empty_l29 = ~lane1_magnitude_q[21] & ~lane1_magnitude_q[20];
  wire empty_l30 = ~lane1_magnitude_q[17] & ~lane1_magnitude_q[16];
  wire empty_l31 = ~lane1_magnitude_q[13] & ~lane1_magnitude_q[12];
  wire empty_l32 = ~lane1_magnitude_q[9] & ~lane1_magnitude_q[8];
  wire empty_l33 = ~lane1_magnitude_q[5] & ~lane1_magnitude_q[4];
  wire empty_l34 = ~lane1_magnitude_q[1] & ~lane1_magnitude_q[0];
  wire empty_l35 = empty_l23 & (~lane1_magnitude_q[43] & ~lane1_magnitude_q[42]);
  wire empty_l36 = empty_l25 & (~lane1_magnitude_q[35] & ~lane1_magnitude_q[34]);
  wire empty_l37 = empty_l27 & (~lane1_magnitude_q[27] & ~lane1_magnitude_q[26]);
  wire empty_l38 = empty_l29 & (~lane1_magnitude_q[19] & ~lane1_magnitude_q[18]);
  wire empty_l39 = empty_l31 & (~lane1_magnitude_q[11] & ~lane1_magnitude_q[10]);
  wire empty_l40 = empty_l33 & (~lane1_magnitude_q[3] & ~lane1_magnitude_q[2]);
  wire empty_l41 = empty_l35 & (empty_l24 & (~lane1_magnitude_q[39] & ~lane1_magnitude_q[38]));
  wire empty_l42 = empty_l37 & (empty_l28 & (~lane1_magnitude_q[23] & ~lane1_magnitude_q[22]));
  wire empty_l43 = empty_l39 & (empty_l32 & (~lane1_magnitude_q[7] & ~lane1_magnitude_q[6]));
  wire empty_l44 = empty_l41 & (empty_l36 & (empty_l26 & (~lane1_magnitude_q[31] & ~lane1_magnitude_q[30])));
  wire empty_l45 = empty_l44 & (empty_l42 & (empty_l38 & (empty_l30 & (~lane1_magnitude_q[15] &
      ~lane1_magnitude_q[14]))));
  wire [5:0] lane1_zeros = {empty_l45, (empty_l45 ? {1'd0, {empty_l43, (empty_l43 ? {empty_l40, (empty_l40 ?
      {empty_l34, (empty_l34 ? 1'd0 : ~lane1_magnitude_q[1])} : {empty_l33, (empty_l33 ?
      ~lane1_magnitude_q[3] : ~lane1_magnitude_q[5])})} : {empty_l39, (empty_l39 ? {empty_l32, (empty_l32 ?
      ~lane1_magnitude_q[7] : ~lane1_magnitude_q[9])} : {empty_l31, (empty_l31 ? ~lane1_magnitude_q[11] :
      ~lane1_magnitude_q[13])})})}} : {empty_l44, (empty_l44 ? {empty_l42, (empty_l42 ? {empty_l38,
      (empty_l38 ? {empty_l30, (empty_l30 ? ~lane1_magnitude_q[15] : ~lane1_magnitude_q[17])} : {empty_l29,
      (empty_l29 ? ~lane1_magnitude_q[19] : ~lane1_magnitude_q[21])})} : {empty_l37, (empty_l37 ? {empty_l28,
      (empty_l28 ? ~lane1_magnitude_q[23] : ~lane1_magnitude_q[25])} : {empty_l27, (empty_l27 ?
      ~lane1_magnitude_q[27] : ~lane1_magnitude_q[29])})})} : {empty_l41, (empty_l41 ? {empty_l36, (empty_l36 ?
      {empty_l26, (empty_l26 ? ~lane1_magnitude_q[31] : ~lane1_magnitude_q[33])} : {empty_l25, (empty_l25 ?
      ~lane1_magnitude_q[35] : ~lane1_magnitude_q[37])})} : {empty_l35, (empty_l35 ? {empty_l24, (empty_l24 ?
      ~lane1_magnitude_q[39] : ~lane1_magnitude_q[41])} : {empty_l23, (empty_l23 ? ~lane1_magnitude_q[43] :
      ~lane1_magnitude_q[45])})})})})};
  wire [9:0] lane1_count_sel_ext = {4'd0, lane1_zeros};
  wire [9:0] lane1_count_sel = (lane1_count_sel_ext < lane1_limit) ? lane1_count_sel_ext : lane1_limit;
  wire [45:0] lane1_leading_d = lane1_magnitude_late_q << lane1_count_q;
  wire [6:0] lane1_field_ext = {1'd0, lane1_count_q};
  wire signed [12:0] lane1_field_d = {lane1_above_late_q[11], lane1_above_late_q} - {{6{lane1_field_ext[6]}},
      lane1_field_ext};
  wire [30:0] code_l1 = {(lane1_leading_q[45] ? lane1_field_q[7:0] : 8'd0), lane1_leading_q[44:22]} + {30'd0,
      lane1_leading_q[21] & ((|(lane1_leading_q[20:0])) | lane1_leading_q[22])};
  wire [31:0] total1 = (lane1_special_q[0] | (lane1_special_q[1] & lane1_special_q[2])) ? 32'h7fc00000 :
      ((lane1_special_q[1] | lane1_special_q[2]) ? {lane1_special_q[2], 31'h7f800000} : {lane1_sign_q,
      ((lane1_field_q > 13'sd254) ? 31'h7f800000 : code_l1)});
  wire [31:0] lane2_old = adding_first_p2_q ? 32'h0 : sums_q[95:64];
  wire [7:0] lane2_old_field = lane2_old[30:23];
  wire [22:0] lane2_old_fraction = lane2_old[22:0];
  wire lane2_marks_all = &lane2_old_field;
  wire lane2_old_normal = |lane2_old_field;
  wire [41:0] lane2_old_significand = {{lane2_old_normal, lane2_old_fraction}, 18'h0};
  wire [8:0] own_exponent_l2 = {1'd0, {lane2_old_field[7:1], (lane2_old_field[0] | ~lane2_old_normal)}};
  wire lane2_old_infinite = lane2_marks_all & ~(|lane2_old_fraction);
  wire signed [10:0] lane2_old_exponent = {{2{own_exponent_l2[8]}}, own_exponent_l2};
  wire lane2_swap = (lane2_old_exponent < term2_exponent_q) & term2_leading_q[41];
  wire signed [11:0] lane2_apart_diff = {term2_exponent_q[10], term2_exponent_q} - {lane2_old_exponent[10],
      lane2_old_exponent};
  wire signed [11:0] lane2_apart_diff_l1 = {lane2_old_exponent[10],
      lane2_old_exponent} - {term2_exponent_q[10], term2_exponent_q};
  wire signed [11:0] lane2_apart = lane2_swap ? lane2_apart_diff : lane2_apart_diff_l1;
  wire [44:0] lane2_aligned1_cat = {lane2_small_q, 3'd0};
  wire lane2_lost1 = lane2_distance_q[0] & lane2_aligned1_cat[0];
  wire [44:0] lane2_aligned1 = lane2_distance_q[0] ? {1'd0, lane2_aligned1_cat[44:1]} : lane2_aligned1_cat;
  wire lane2_lost2 = lane2_lost1 | (lane2_distance_q[1] & (|(lane2_aligned1[1:0])));
  wire [44:0] lane2_aligned2 = lane2_distance_q[1] ? {2'd0, lane2_aligned1[44:2]} : lane2_aligned1;
  wire lane2_lost4 = lane2_lost2 | (lane2_distance_q[2] & (|(lane2_aligned2[3:0])));
  wire [44:0] lane2_aligned4 = lane2_distance_q[2] ? {4'd0, lane2_aligned2[44:4]} : lane2_aligned2;
  wire lane2_lost8 = lane2_lost4 | (lane2_distance_q[3] & (|(lane2_aligned4[7:0])));
  wire [44:0] lane2_aligned8 = lane2_distance_q[3] ? {8'd0, lane2_aligned4[44:8]} : lane2_aligned4;
  wire lane2_lost16 = lane2_lost8 | (lane2_distance_q[4] & (|(lane2_aligned8[15:0])));
  wire [44:0] lane2_aligned16 = lane2_distance_q[4] ? {16'd0, lane2_aligned8[44:16]} : lane2_aligned8;
  wire lane2_lost32 = lane2_lost16 | (lane2_distance_q[5] & (|(lane2_aligned16[31:0])));
  wire [44:0] lane2_aligned32 = lane2_distance_q[5] ? {32'h0, lane2_aligned16[44:32]} : lane2_aligned16;
  wire [44:0] lane2_aligned = {lane2_aligned32[44:1], (lane2_aligned32[0] | lane2_lost32)};
  wire [44:0] big_l2 = {lane2_big_aligned_q, 3'd0};
  wire [45:0] lane2_plus = {1'd0, big_l2} + {1'd0, lane2_small_aligned_q};
  wire signed [45:0] lane2_minus = {1'd0, big_l2} - {1'd0, lane2_small_aligned_q};
  wire signed [46:0] lane2_exact = lane2_opposite_aligned_q ? {lane2_minus[45], lane2_minus} : {1'd0,
      lane2_plus};
  wire signed [46:0] negated_l6 = 47'h0 - lane2_exact;
  wire [46:0] lane2_magnitude_sel = lane2_exact[46] ? negated_l6 : lane2_exact;
  wire signed [11:0] lane2_above_d = {lane2_exponent_aligned_q[10], lane2_exponent_aligned_q} + 12'd1;
  wire [9:0] lane2_limit = lane2_above_q[9:0] - 10'd1;
  wire empty_l46 = ~lane2_magnitude_q[45] & ~lane2_magnitude_q[44];
  wire empty_l47 = ~lane2_magnitude_q[41] & ~lane2_magnitude_q[40];
  wire empty_l48 = ~lane2_magnitude_q[37] & ~lane2_magnitude_q[36];
  wire empty_l49 = ~lane2_magnitude_q[33] & ~lane2_magnitude_q[32];
  wire empty_l50 = ~lane2_magnitude_q[29] & ~lane2_magnitude_q[28];
  wire empty_l51 = ~lane2_magnitude_q[25] & ~lane2_magnitude_q[24];
  wire empty_l52 = ~lane2_magnitude_q[21] & ~lane2_magnitude_q[20];
  wire empty_l53 = ~lane2_magnitude_q[17] & ~lane2_magnitude_q[16];
  wire empty_l54 = ~lane2_magnitude_q[13] & ~lane2_magnitude_q[12];
  wire empty_l55 = ~lane2_magnitude_q[9] & ~lane2_magnitude_q[8];
  wire empty_l56 = ~lane2_magnitude_q[5] & ~lane2_magnitude_q[4];
  wire empty_l57 = ~lane2_magnitude_q[1] & ~lane2_magnitude_q[0];
  wire empty_l58 = empty_l46 & (~lane2_magnitude_q[43] & ~lane2_magnitude_q[42]);
  wire empty_l59 = empty_l48 & (~lane2_magnitude_q[35] & ~lane2_magnitude_q[34]);
  wire empty_l60 = empty_l50 & (~lane2_magnitude_q[27] & ~lane2_magnitude_q[26]);
  wire empty_l61 = empty_l52 & (~lane2_magnitude_q[19] & ~lane2_magnitude_q[18]);
  wire empty_l62 = empty_l54 & (~lane2_magnitude_q[11] & ~lane2_magnitude_q[10]);
  wire empty_l63 = empty_l56 & (~lane2_magnitude_q[3] & ~lane2_magnitude_q[2]);
  wire empty_l64 = empty_l58 & (empty_l47 & (~lane2_magnitude_q[39] & ~lane2_magnitude_q[38]));
  wire empty_l65 = empty_l60 & (empty_l51 & (~lane2_magnitude_q[23] & ~lane2_magnitude_q[22]));
  wire empty_l66 = empty_l62 & (empty_l55 & (~lane2_magnitude_q[7] & ~lane2_magnitude_q[6]));
  wire empty_l67 = empty_l64 & (empty_l59 & (empty_l49 & (~lane2_magnitude_q[31] & ~lane2_magnitude_q[30])));
  wire empty_l68 = empty_l67 & (empty_l65 & (empty_l61 & (empty_l53 & (~lane2_magnitude_q[15] &
      ~lane2_magnitude_q[14]))));
  wire [5:0] lane2_zeros = {empty_l68, (empty_l68 ? {1'd0, {empty_l66, (empty_l66 ? {empty_l63, (empty_l63 ?
      {empty_l57, (empty_l57 ? 1'd0 : ~lane2_magnitude_q[1])} : {empty_l56, (empty_l56 ?
      ~lane2_magnitude_q[3] : ~lane2_magnitude_q[5])})} : {empty_l62, (empty_l62 ? {empty_l55, (empty_l55 ?
      ~lane2_magnitude_q[7] : ~lane2_magnitude_q[9])} : {empty_l54, (empty_l54 ? ~lane2_magnitude_q[11] :
      ~lane2_magnitude_q[13])})})}} : {empty_l67, (empty_l67 ? {empty_l65, (empty_l65 ? {empty_l61,
      (empty_l61 ? {empty_l53, (empty_l53 ? ~lane2_magnitude_q[15] : ~lane2_magnitude_q[17])} : {empty_l52,
      (empty_l52 ? ~lane2_magnitude_q[19] : ~lane2_magnitude_q[21])})} : {empty_l60, (empty_l60 ? {empty_l51,
      (empty_l51 ? ~lane2_magnitude_q[23] : ~lane2_magnitude_q[25])} : {empty_l50, (empty_l50 ?
      ~lane2_magnitude_q[27] : ~lane2_magnitude_q[29])})})} : {empty_l64, (empty_l64 ? {empty_l59, (empty_l59 ?
      {empty_l49, (empty_l49 ? ~lane2_magnitude_q[31] : ~lane2_magnitude_q[33])} : {empty_l48, (empty_l48 ?
      ~lane2_magnitude_q[35] : ~lane2_magnitude_q[37])})} : {empty_l58, (empty_l58 ? {empty_l47, (empty_l47 ?
      ~lane2_magnitude_q[39] : ~lane2_magnitude_q[41])} : {empty_l46, (empty_l46 ? ~lane2_magnitude_q[43] :
      ~lane2_magnitude_q[45])})})})})};
  wire [9:0] lane2_count_sel_ext = {4'd0, lane2_zeros};
  wire [9:0] lane2_count_sel = (lane2_count_sel_ext < lane2_limit) ? lane2_count_sel_ext : lane2_limit;
  wire [45:0] lane2_leading_d = lane2_magnitude_late_q << lane2_count_q;
  wire [6:0] lane2_field_ext = {1'd0, lane2_count_q};
  wire signed [12:0] lane2_field_d = {lane2_above_late_q[11], lane2_above_late_q} - {{6{lane2_field_ext[6]}},
      lane2_field_ext};
  wire [30:0] code_l2 = {(lane2_leading_q[45] ? lane2_field_q[7:0] : 8'd0), lane2_leading_q[44:22]} + {30'd0,
      lane2_leading_q[21] & ((|(lane2_leading_q[20:0])) | lane2_leading_q[22])};
  wire [31:0] total2 = (lane2_special_q[0] | (lane2_special_q[1] & lane2_special_q[2])) ? 32'h7fc00000 :
      ((lane2_special_q[1] | lane2_special_q[2]) ? {lane2_special_q[2], 31'h7f800000} : {lane2_sign_q,
      ((lane2_field_q > 13'sd254) ? 31'h7f800000 : code_l2)});
  wire [31:0] lane3_old = adding_first_p2_q ? 32'h0 : sums_q[127:96];
  wire [7:0] lane3_old_field = lane3_old[30:23];
  wire [22:0] lane3_old_fraction = lane3_old[22:0];
  wire lane3_marks_all = &lane3_old_field;
  wire lane3_old_normal = |lane3_old_field;
  wire [41:0] lane3_old_significand = {{lane3_old_normal, lane3_old_fraction}, 18'h0};
  wire [8:0] own_exponent_l3 = {1'd0, {lane3_old_field[7:1], (lane3_old_field[0] | ~lane3_old_normal)}};
  wire lane3_old_infinite = lane3_marks_all & ~(|lane3_old_fraction);
  wire signed [10:0] lane3_old_exponent = {{2{own_exponent_l3[8]}}, own_exponent_l3};
  wire lane3_swap = (lane3_old_exponent < term3_exponent_q) & term3_leading_q[41];
  wire signed [11:0] lane3_apart_diff = {term3_exponent_q[10], term3_exponent_q} - {lane3_old_exponent[10],
      lane3_old_exponent};
  wire signed [11:0] lane3_apart_diff_l1 = {lane3_old_exponent[10],
      lane3_old_exponent} - {term3_exponent_q[10], term3_exponent_q};
  wire signed [11:0] lane3_apart = lane3_swap ? lane3_apart_diff : lane3_apart_diff_l1;
  wire [44:0] lane3_aligned1_cat = {lane3_small_q, 3'd0};
  wire lane3_lost1 = lane3_distance_q[0] & lane3_aligned1_cat[0];
  wire [44:0] lane3_aligned1 = lane3_distance_q[0] ? {1'd0, lane3_aligned1_cat[44:1]} : lane3_aligned1_cat;
  wire lane3_lost2 = lane3_lost1 | (lane3_distance_q[1] & (|(lane3_aligned1[1:0])));
  wire [44:0] lane3_aligned2 = lane3_distance_q[1] ? {2'd0, lane3_aligned1[44:2]} : lane3_aligned1;
  wire lane3_lost4 = lane3_lost2 | (lane3_distance_q[2] & (|(lane3_aligned2[3:0])));
  wire [44:0] lane3_aligned4 = lane3_distance_q[2] ? {4'd0, lane3_aligned2[44:4]} : lane3_aligned2;
  wire lane3_lost8 = lane3_lost4 | (lane3_distance_q[3] & (|(lane3_aligned4[7:0])));
  wire [44:0] lane3_aligned8 = lane3_distance_q[3] ? {8'd0, lane3_aligned4[44:8]} : lane3_aligned4;
  wire lane3_lost16 = lane3_lost8 | (lane3_distance_q[4] & (|(lane3_aligned8[15:0])));
  wire [44:0] lane3_aligned16 = lane3_distance_q[4] ? {16'd0, lane3_aligned8[44:16]} : lane3_aligned8;
  wire lane3_lost32 = lane3_lost16 | (lane3_distance_q[5] & (|(lane3_aligned16[31:0])));
  wire [44:0] lane3_aligned32 = lane3_distance_q[5] ? {32'h0, lane3_aligned16[44:32]} : lane3_aligned16;
  wire [44:0] lane3_aligned = {lane3_aligned32[44:1], (lane3_aligned32[0] | lane3_lost32)};
  wire [44:0] big_l3 = {lane3_big_aligned_q, 3'd0};
  wire [45:0] lane3_plus = {1'd0, big_l3} + {1'd0, lane3_small_aligned_q};
  wire signed [45:0] lane3_minus = {1'd0, big_l3} - {1'd0, lane3_small_aligned_q};
  wire signed [46:0] lane3_exact = lane3_opposite_aligned_q ? {lane3_minus[45], lane3_minus} : {1'd0,
      lane3_plus};
  wire signed [46:0] negated_l7 = 47'h0 - lane3_exact;
  wire [46:0] lane3_magnitude_sel = lane3_exact[46] ? negated_l7 : lane3_exact;
  wire signed [11:0] lane3_above_d = {lane3_exponent_aligned_q[10], lane3_exponent_aligned_q} + 12'd1;
  wire [9:0] lane3_limit = lane3_above_q[9:0] - 10'd1;
  wire empty_l69 = ~lane3_magnitude_q[45] & ~lane3_magnitude_q[44];
  wire empty_l70 = ~lane3_magnitude_q[41] & ~lane3_magnitude_q[40];
  wire empty_l71 = ~lane3_magnitude_q[37] & ~lane3_magnitude_q[36];
  wire empty_l72 = ~lane3_magnitude_q[33] & ~lane3_magnitude_q[32];
  wire empty_l73 = ~lane3_magnitude_q[29] & ~lane3_magnitude_q[28];
  wire empty_l74 = ~lane3_magnitude_q[25] & ~lane3_magnitude_q[24];
  wire empty_l75 = ~lane3_magnitude_q[21] & ~lane3_magnitude_q[20];
  wire empty_l76 = ~lane3_magnitude_q[17] & ~lane3_magnitude_q[16];
  wire empty_l77 = ~lane3_magnitude_q[13] & ~lane3_magnitude_q[12];
  wire empty_l78 = ~lane3_magnitude_q[9] & ~lane3_magnitude_q[8];
  wire empty_l79 = ~lane3_magnitude_q[5] & ~lane3_magnitude_q[4];
  wire empty_l80 = ~lane3_magnitude_q[1] & ~lane3_magnitude_q[0];
  wire empty_l81 = empty_l69 & (~lane3_magnitude_q[43] & ~lane3_magnitude_q[42]);
  wire empty_l82 = empty_l71 & (~lane3_magnitude_q[35] & ~lane3_magnitude_q[34]);
  wire empty_l83 = empty_l73 & (~lane3_magnitude_q[27] & ~lane3_magnitude_q[26]);
  wire empty_l84 = empty_l75 & (~lane3_magnitude_q[19] & ~lane3_magnitude_q[18]);
  wire empty_l85 = empty_l77 & (~lane3_magnitude_q[11] & ~lane3_magnitude_q[10]);
  wire empty_l86 = empty_l79 & (~lane3_magnitude_q[3] & ~lane3_magnitude_q[2]);
  wire empty_l87 = empty_l81 & (empty_l70 & (~lane3_magnitude_q[39] & ~lane3_magnitude_q[38]));
  wire empty_l88 = empty_l83 & (empty_l74 & (~lane3_magnitude_q[23] & ~lane3_magnitude_q[22]));
  wire empty_l89 = empty_l85 & (empty_l78 & (~lane3_magnitude_q[7] & ~lane3_magnitude_q[6]));
  wire empty_l90 = empty_l87 & (empty_l82 & (empty_l72 & (~lane3_magnitude_q[31] & ~lane3_magnitude_q[30])));
  wire empty_l91 = empty_l90 & (empty_l88 & (empty_l84 & (empty_l76 & (~lane3_magnitude_q[15] &
      ~lane3_magnitude_q[14]))));
  wire [5:0] lane3_zeros = {empty_l91, (empty_l91 ? {1'd0, {empty_l89, (empty_l89 ? {empty_l86, (empty_l86 ?
      {empty_l80, (empty_l80 ? 1'd0 : ~lane3_magnitude_q[1])} : {empty_l79, (empty_l79 ?
      ~lane3_magnitude_q[3] : ~lane3_magnitude_q[5])})} : {empty_l85, (empty_l85 ? {empty_l78, (empty_l78 ?
      ~lane3_magnitude_q[7] : ~lane3_magnitude_q[9])} : {empty_l77, (empty_l77 ? ~lane3_magnitude_q[11] :
      ~lane3_magnitude_q[13])})})}} : {empty_l90, (empty_l90 ? {empty_l88, (empty_l88 ? {empty_l84,
      (empty_l84 ? {empty_l76, (empty_l76 ? ~lane3_magnitude_q[15] : ~lane3_magnitude_q[17])} : {empty_l75,
      (empty_l75 ? ~lane3_magnitude_q[19] : ~lane3_magnitude_q[21])})} : {empty_l83, (empty_l83 ? {empty_l74,
      (empty_l74 ? ~lane3_magnitude_q[23] : ~lane3_magnitude_q[25])} : {empty_l73, (empty_l73 ?
      ~lane3_magnitude_q[27] : ~lane3_magnitude_q[29])})})} : {empty_l87, (empty_l87 ? {empty_l82, (empty_l82 ?
      {empty_l72, (empty_l72 ? ~lane3_magnitude_q[31] : ~lane3_magnitude_q[33])} : {empty_l71, (empty_l71 ?
      ~lane3_magnitude_q[35] : ~lane3_magnitude_q[37])})} : {empty_l81, (empty_l81 ? {empty_l70, (empty_l70 ?
      ~lane3_magnitude_q[39] : ~lane3_magnitude_q[41])} : {empty_l69, (empty_l69 ? ~lane3_magnitude_q[43] :
      ~lane3_magnitude_q[45])})})})})};
  wire [9:0] lane3_count_sel_ext = {4'd0, lane3_zeros};
  wire [9:0] lane3_count_sel = (lane3_count_sel_ext < lane3_limit) ? lane3_count_sel_ext : lane3_limit;
  wire [45:0] lane3_leading_d = lane3_magnitude_late_q << lane3_count_q;
  wire [6:0] lane3_field_ext = {1'd0, lane3_count_q};
  wire signed [12:0] lane3_field_d = {lane3_above_late_q[11], lane3_above_late_q} - {{6{lane3_field_ext[6]}},
      lane3_field_ext};
  wire [30:0] code_l3 = {(lane3_leading_q[45] ? lane3_field_q[7:0] : 8'd0), lane3_leading_q[44:22]} + {30'd0,
      lane3_leading_q[21] & ((|(lane3_leading_q[20:0])) | lane3_leading_q[22])};
  wire [31:0] total3 = (lane3_special_q[0] | (lane3_special_q[1] & lane3_special_q[2])) ? 32'h7fc00000 :
      ((lane3_special_q[1] | lane3_special_q[2]) ? {lane3_special_q[2], 31'h7f800000} : {lane3_sign_q,
      ((lane3_field_q > 13'sd254) ? 31'h7f800000 : code_l3)});
  wire [127:0] results_d = {total3, total2, total1, total0};

  // added to the rows' sums
  always @(posedge clk) if (run & adding_p6_q) begin
    sums[adding_row_p6_q] <= results_d;
  end
  always @(posedge clk) if (run & normalizing_q) begin
    sums_q <= sums[row_p2_q];
  end

  wire a_scales_m_axis_tlast_unused;
  nl_stream_fifo_u4x8_d4 u_a_scales (
    .clk(clk),
    .rst(rst),
    .s_axis_tdata(a_scale_axis_tdata),
    .s_axis_tvalid(a_scale_axis_tvalid),
    .s_axis_tlast(a_scale_axis_tlast),
    .s_axis_tready(a_scale_axis_ready),
    .m_axis_tdata(a_scales_m_axis_tdata),
    .m_axis_tvalid(a_scales_m_axis_tvalid),
    .m_axis_tlast(a_scales_m_axis_tlast_unused),
    .m_axis_tready(fire & row_last)
  );

  wire b_scales_m_axis_tlast_unused;
  nl_stream_fifo_u4x8_d4 u_b_scales (
    .clk(clk),
    .rst(rst),
    .s_axis_tdata(b_scale_axis_tdata),
    .s_axis_tvalid(b_scale_axis_tvalid),
    .s_axis_tlast(b_scale_axis_tlast),
    .s_axis_tready(b_scale_axis_ready),
    .m_axis_tdata(b_scales_m_axis_tdata),
    .m_axis_tvalid(b_scales_m_axis_tvalid),
    .m_axis_tlast(b_scales_m_axis_tlast_unused),
    .m_axis_tready(fire & row_last)
  );

  // the array sums blocks
  wire array_m_axis_tlast_unused;
  nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed u_array (
    .clk(clk),
    .rst(rst),
    .a_axis_tdata(a_axis_tdata),
    .a_axis_tvalid(a_axis_tvalid),
    .a_axis_tlast(a_axis_tlast),
    .a_axis_tready(a_axis_ready),
    .b_axis_tdata(b_axis_tdata),
    .b_axis_tvalid(b_axis_tvalid),
    .b_axis_tlast(b_axis_tlast),
    .b_axis_tready(b_axis_ready),
    .m_axis_tdata(array_m_axis_tdata),
    .m_axis_tvalid(array_m_axis_tvalid),
    .m_axis_tlast(array_m_axis_tlast_unused),
    .m_axis_tready(((run & a_scales_m_axis_tvalid) & b_scales_m_axis_tvalid) & row_is_back)
  );

  assign a_axis_tready = a_axis_ready;
  assign b_axis_tready = b_axis_ready;
  assign a_scale_axis_tready = a_scale_axis_ready;
  assign b_scale_axis_tready = b_scale_axis_ready;
  assign m_axis_tdata = results_q;
  assign m_axis_tvalid = leaving_q;
  assign m_axis_tlast = leaving_end_p8_q;

  // a row of sums meets the scales of its block
  always @(posedge clk) begin
    if (rst) begin
      flight_p1_q <= 1'd0;
      flight_p2_q <= 1'd0;
      flight_p3_q <= 1'd0;
      flight_p4_q <= 1'd0;
      flight_p5_q <= 1'd0;
      flight_p6_q <= 1'd0;
      valid_q <= 1'd0;
    end else if (run) begin
      flight_p1_q <= fire;
      flight_p2_q <= flight_p1_q;
      flight_p3_q <= flight_p2_q;
      flight_p4_q <= flight_p3_q;
      flight_p5_q <= flight_p4_q;
      flight_p6_q <= flight_p5_q;
      valid_q <= fire;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_q <= 2'd0;
    end else if (fire) begin
      row_q <= row_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      block_q <= 1'd0;
    end else if (fire & row_last) begin
      block_q <= block_inc;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      first_q <= ~block_q;
      last_q <= block_last;
      end_q <= row_last & block_last;
      row_p1_q <= row_q;
      sum0_q <= array_m_axis_tdata[41:0];
      marks0_q <= marks0_bits[42] | scale0_nan;
      shift0_q <= scale0_nan ? 9'd0 : scale0_shift;
      sum1_q <= array_m_axis_tdata[84:43];
      marks1_q <= marks1_bits[42] | scale1_nan;
      shift1_q <= scale1_nan ? 9'd0 : scale1_shift;
      sum2_q <= array_m_axis_tdata[127:86];
      marks2_q <= marks2_bits[42] | scale2_nan;
      shift2_q <= scale2_nan ? 9'd0 : scale2_shift;
      sum3_q <= array_m_axis_tdata[170:129];
      marks3_q <= marks3_bits[42] | scale3_nan;
      shift3_q <= scale3_nan ? 9'd0 : scale3_shift;
    end
  end

  // block sums, normalized
  always @(posedge clk) begin
    if (rst) begin
      normalizing_q <= 1'd0;
    end else if (run) begin
      normalizing_q <= valid_q;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      adding_first_p1_q <= first_q;
      adding_first_p2_q <= adding_first_p1_q;
      row_p2_q <= row_p1_q;
      term0_sign_q <= sum0_q[41];
      term0_magnitude_q <= sum0_q[41] ? negated : sum0_q;
      term0_place_q <= term0_place_exact;
      term0_marks_q <= marks0_q;
      term0_leading_q <= term0_moved1;
      term0_negative_q <= term0_sign_q;
      term0_exponent_q <= term0_exponent_exact;
      term0_special_q <= {2'd0, term0_marks_q};
      term1_sign_q <= sum1_q[41];
      term1_magnitude_q <= sum1_q[41] ? negated_l1 : sum1_q;
      term1_place_q <= term1_place_exact;
      term1_marks_q <= marks1_q;
      term1_leading_q <= term1_moved1;
      term1_negative_q <= term1_sign_q;
      term1_exponent_q <= term1_exponent_exact;
      term1_special_q <= {2'd0, term1_marks_q};
      term2_sign_q <= sum2_q[41];
      term2_magnitude_q <= sum2_q[41] ? negated_l2 : sum2_q;
      term2_place_q <= term2_place_exact;
      term2_marks_q <= marks2_q;
      term2_leading_q <= term2_moved1;
      term2_negative_q <= term2_sign_q;
      term2_exponent_q <= term2_exponent_exact;
      term2_special_q <= {2'd0, term2_marks_q};
      term3_sign_q <= sum3_q[41];
      term3_magnitude_q <= sum3_q[41] ? negated_l3 : sum3_q;
      term3_place_q <= term3_place_exact;
      term3_marks_q <= marks3_q;
      term3_leading_q <= term3_moved1;
      term3_negative_q <= term3_sign_q;
      term3_exponent_q <= term3_exponent_exact;
      term3_special_q <= {2'd0, term3_marks_q};
    end
  end

  // added to the rows' sums
  always @(posedge clk) begin
    if (run) begin
      lane0_exponent_q <= lane0_swap ? term0_exponent_q : lane0_old_exponent;
      lane0_distance_q <= ($unsigned(lane0_apart) > 12'd45) ? 6'd45 : lane0_apart[5:0];
      lane0_big_q <= lane0_swap ? term0_leading_q : lane0_old_significand;
      lane0_small_q <= lane0_swap ? lane0_old_significand : term0_leading_q;
      lane0_big_sign_q <= lane0_swap ? term0_negative_q : lane0_old[31];
      lane0_opposite_q <= term0_negative_q ^ lane0_old[31];
      lane0_marks_q <= term0_special_q | {(lane0_old_infinite & lane0_old[31]), (lane0_old_infinite &
      ~lane0_old[31]), (lane0_marks_all & (|lane0_old_fraction))};
      lane0_small_aligned_q <= lane0_aligned;
      lane0_big_aligned_q <= lane0_big_q;
      lane0_sign_aligned_q <= lane0_big_sign_q;
      lane0_opposite_aligned_q <= lane0_opposite_q;
      lane0_exponent_aligned_q <= lane0_exponent_q;
      lane0_marks_aligned_q <= lane0_marks_q;
      lane0_negative_q <= (lane0_sign_aligned_q ^ lane0_exact[46]) & (|lane0_exact);
      lane0_magnitude_q <= lane0_magnitude_sel[45:0];
      lane0_above_q <= lane0_above_d;
      lane0_marks_sum_q <= lane0_marks_aligned_q;
      lane0_count_q <= lane0_count_sel[5:0];
      lane0_negative_late_q <= lane0_negative_q;
      lane0_magnitude_late_q <= lane0_magnitude_q;
      lane0_above_late_q <= lane0_above_q;
      lane0_marks_late_q <= lane0_marks_sum_q;
      lane0_sign_q <= lane0_negative_late_q;
      lane0_leading_q <= lane0_leading_d;
      lane0_field_q <= lane0_field_d;
      lane0_special_q <= lane0_marks_late_q;
      lane1_exponent_q <= lane1_swap ? term1_exponent_q : lane1_old_exponent;
      lane1_distance_q <= ($unsigned(lane1_apart) > 12'd45) ? 6'd45 : lane1_apart[5:0];
      lane1_big_q <= lane1_swap ? term1_leading_q : lane1_old_significand;
      lane1_small_q <= lane1_swap ? lane1_old_significand : term1_leading_q;
      lane1_big_sign_q <= lane1_swap ? term1_negative_q : lane1_old[31];
      lane1_opposite_q <= term1_negative_q ^ lane1_old[31];
      lane1_marks_q <= term1_special_q | {(lane1_old_infinite & lane1_old[31]), (lane1_old_infinite &
      ~lane1_old[31]), (lane1_marks_all & (|lane1_old_fraction))};
      lane1_small_aligned_q <= lane1_aligned;
      lane1_big_aligned_q <= lane1_big_q;
      lane1_sign_aligned_q <= lane1_big_sign_q;
      lane1_opposite_aligned_q <= lane1_opposite_q;
      lane1_exponent_aligned_q <= lane1_exponent_q;
      lane1_marks_aligned_q <= lane1_marks_q;
      lane1_negative_q <= (lane1_sign_aligned_q ^ lane1_exact[46]) & (|lane1_exact);
      lane1_magnitude_q <= lane1_magnitude_sel[45:0];
      lane1_above_q <= lane1_above_d;
      lane1_marks_sum_q <= lane1_marks_aligned_q;
      lane1_count_q <= lane1_count_sel[5:0];
      lane1_negative_late_q <= lane1_negative_q;
      lane1_magnitude_late_q <= lane1_magnitude_q;
      lane1_above_late_q <= lane1_above_q;
      lane1_marks_late_q <= lane1_marks_sum_q;
      lane1_sign_q <= lane1_negative_late_q;
      lane1_leading_q <= lane1_leading_d;
      lane1_field_q <= lane1_field_d;
      lane1_special_q <= lane1_marks_late_q;
      lane2_exponent_q <= lane2_swap ? term2_exponent_q : lane2_old_exponent;
      lane2_distance_q <= ($unsigned(lane2_apart) > 12'd45) ? 6'd45 : lane2_apart[5:0];
      lane2_big_q <= lane2_swap ? term2_leading_q : lane2_old_significand;
      lane2_small_q <= lane2_swap ? lane2_old_significand : term2_leading_q;
      lane2_big_sign_q <= lane2_swap ? term2_negative_q : lane2_old[31];
      lane2_opposite_q <= term2_negative_q ^ lane2_old[31];
      lane2_marks_q <= term2_special_q | {(lane2_old_infinite & lane2_old[31]), (lane2_old_infinite &
      ~lane2_old[31]), (lane2_marks_all & (|lane2_old_fraction))};
      lane2_small_aligned_q <= lane2_aligned;
      lane2_big_aligned_q <= lane2_big_q;
      lane2_sign_aligned_q <= lane2_big_sign_q;
      lane2_opposite_aligned_q <= lane2_opposite_q;
      lane2_exponent_aligned_q <= lane2_exponent_q;
      lane2_marks_aligned_q <= lane2_marks_q;
      lane2_negative_q <= (lane2_sign_aligned_q ^ lane2_exact[46]) & (|lane2_exact);
      lane2_magnitude_q <= lane2_magnitude_sel[45:0];
      lane2_above_q <= lane2_above_d;
      lane2_marks_sum_q <= lane2_marks_aligned_q;
      lane2_count_q <= lane2_count_sel[5:0];
      lane2_negative_late_q <= lane2_negative_q;
      lane2_magnitude_late_q <= lane2_magnitude_q;
      lane2_above_late_q <= lane2_above_q;
      lane2_marks_late_q <= lane2_marks_sum_q;
      lane2_sign_q <= lane2_negative_late_q;
      lane2_leading_q <= lane2_leading_d;
      lane2_field_q <= lane2_field_d;
      lane2_special_q <= lane2_marks_late_q;
      lane3_exponent_q <= lane3_swap ? term3_exponent_q : lane3_old_exponent;
      lane3_distance_q <= ($unsigned(lane3_apart) > 12'd45) ? 6'd45 : lane3_apart[5:0];
      lane3_big_q <= lane3_swap ? term3_leading_q : lane3_old_significand;
      lane3_small_q <= lane3_swap ? lane3_old_significand : term3_leading_q;
      lane3_big_sign_q <= lane3_swap ? term3_negative_q : lane3_old[31];
      lane3_opposite_q <= term3_negative_q ^ lane3_old[31];
      lane3_marks_q <= term3_special_q | {(lane3_old_infinite & lane3_old[31]), (lane3_old_infinite &
      ~lane3_old[31]), (lane3_marks_all & (|lane3_old_fraction))};
      lane3_small_aligned_q <= lane3_aligned;
      lane3_big_aligned_q <= lane3_big_q;
      lane3_sign_aligned_q <= lane3_big_sign_q;
      lane3_opposite_aligned_q <= lane3_opposite_q;
      lane3_exponent_aligned_q <= lane3_exponent_q;
      lane3_marks_aligned_q <= lane3_marks_q;
      lane3_negative_q <= (lane3_sign_aligned_q ^ lane3_exact[46]) & (|lane3_exact);
      lane3_magnitude_q <= lane3_magnitude_sel[45:0];
      lane3_above_q <= lane3_above_d;
      lane3_marks_sum_q <= lane3_marks_aligned_q;
      lane3_count_q <= lane3_count_sel[5:0];
      lane3_negative_late_q <= lane3_negative_q;
      lane3_magnitude_late_q <= lane3_magnitude_q;
      lane3_above_late_q <= lane3_above_q;
      lane3_marks_late_q <= lane3_marks_sum_q;
      lane3_sign_q <= lane3_negative_late_q;
      lane3_leading_q <= lane3_leading_d;
      lane3_field_q <= lane3_field_d;
      lane3_special_q <= lane3_marks_late_q;
      adding_row_p1_q <= row_p2_q;
      adding_row_p2_q <= adding_row_p1_q;
      adding_row_p3_q <= adding_row_p2_q;
      adding_row_p4_q <= adding_row_p3_q;
      adding_row_p5_q <= adding_row_p4_q;
      adding_row_p6_q <= adding_row_p5_q;
      adding_last_p1_q <= last_q;
      adding_last_p2_q <= adding_last_p1_q;
      adding_last_p3_q <= adding_last_p2_q;
      adding_last_p4_q <= adding_last_p3_q;
      adding_last_p5_q <= adding_last_p4_q;
      adding_last_p6_q <= adding_last_p5_q;
      adding_last_p7_q <= adding_last_p6_q;
      leaving_end_p1_q <= end_q;
      leaving_end_p2_q <= leaving_end_p1_q;
      leaving_end_p3_q <= leaving_end_p2_q;
      leaving_end_p4_q <= leaving_end_p3_q;
      leaving_end_p5_q <= leaving_end_p4_q;
      leaving_end_p6_q <= leaving_end_p5_q;
      leaving_end_p7_q <= leaving_end_p6_q;
      leaving_end_p8_q <= leaving_end_p7_q;
      results_q <= results_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      adding_p1_q <= 1'd0;
      adding_p2_q <= 1'd0;
      adding_p3_q <= 1'd0;
      adding_p4_q <= 1'd0;
      adding_p5_q <= 1'd0;
      adding_p6_q <= 1'd0;
      leaving_q <= 1'd0;
    end else if (run) begin
      adding_p1_q <= normalizing_q;
      adding_p2_q <= adding_p1_q;
      adding_p3_q <= adding_p2_q;
      adding_p4_q <= adding_p3_q;
      adding_p5_q <= adding_p4_q;
      adding_p6_q <= adding_p5_q;
      leaving_q <= adding_p6_q & adding_last_p7_q;
    end
  end

  wire unused_ok = &{1'b0, lane3_count_sel[9:6], lane3_magnitude_sel[46], lane2_count_sel[9:6],
      lane2_magnitude_sel[46], lane1_count_sel[9:6], lane1_magnitude_sel[46], lane0_count_sel[9:6],
      lane0_magnitude_sel[46], marks3_bits[41:0], marks2_bits[41:0], marks1_bits[41:0], marks0_bits[41:0]};

endmodule

`default_nettype wire
