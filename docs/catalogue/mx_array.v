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
  reg [36:0] term0_q;
  reg special_p1_q;
  reg [42:0] acc_q;
  reg [42:0] out_q;

  // products and their sum; the last step's goes out, and the next tile starts from nothing
  wire [7:0] prod = {4'd0, a_i[3:0]} * {4'd0, b_i[3:0]};
  wire [4:0] sum = {1'd0, a_i[7:4]} + {1'd0, b_i[7:4]};
  wire [35:0] shl = {28'd0, prod} << sum;
  wire [36:0] term0_sel_ext = {1'd0, shl};
  wire [37:0] term0_sel_diff = 38'h0 - {term0_sel_ext[36], term0_sel_ext};
  wire [37:0] term0_sel = (a_i[8] ^ b_i[8]) ? term0_sel_diff : {term0_sel_ext[36], term0_sel_ext};
  wire [41:0] out_cat_sum = acc_q[41:0] + {{5{term0_q[36]}}, term0_q};
  wire [42:0] out_cat = {(acc_q[42] | special_p1_q), out_cat_sum};

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

  always @(posedge clk) begin
    if (run_i) begin
      term0_q <= term0_sel[36:0];
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

  wire unused_ok = &{1'b0, term0_sel[37]};

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
// config       dataflow=output-stationary mac=plain rows=4 cols=4 depth=1 m=4 k=32 n=4 a_bits=8 a_signed=true a_zero=0 b_bits=8 b_signed=true b_zero=0 format=e4m3 accumulator=exact pipeline=1
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
  reg end_q;
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
  wire [4:0] k_tile_d = k_tile_q + 5'd1;

  // operands: zero points off, padding to zero, as the elements take them
  wire [7:0] a_axis_lane0 = a_axis_tdata[7:0];
  wire [3:0] a0_diff_bits = a_axis_lane0[6:3];
  wire [2:0] a0_bits = a_axis_lane0[2:0];
  wire a0_and = (&a0_diff_bits) & (&a0_bits);
  wire a0_diff_any = |a0_diff_bits;
  wire [3:0] a0_diff = a0_diff_bits - {3'd0, a0_diff_any};
  wire [7:0] a_axis_lane1 = a_axis_tdata[15:8];
  wire [3:0] a1_diff_bits = a_axis_lane1[6:3];
  wire [2:0] a1_bits = a_axis_lane1[2:0];
  wire a1_and = (&a1_diff_bits) & (&a1_bits);
  wire a1_diff_any = |a1_diff_bits;
  wire [3:0] a1_diff = a1_diff_bits - {3'd0, a1_diff_any};
  wire [7:0] a_axis_lane2 = a_axis_tdata[23:16];
  wire [3:0] a2_diff_bits = a_axis_lane2[6:3];
  wire [2:0] a2_bits = a_axis_lane2[2:0];
  wire a2_and = (&a2_diff_bits) & (&a2_bits);
  wire a2_diff_any = |a2_diff_bits;
  wire [3:0] a2_diff = a2_diff_bits - {3'd0, a2_diff_any};
  wire [7:0] a_axis_lane3 = a_axis_tdata[31:24];
  wire [3:0] a3_diff_bits = a_axis_lane3[6:3];
  wire [2:0] a3_bits = a_axis_lane3[2:0];
  wire a3_and = (&a3_diff_bits) & (&a3_bits);
  wire a3_diff_any = |a3_diff_bits;
  wire [3:0] a3_diff = a3_diff_bits - {3'd0, a3_diff_any};
  wire [7:0] b_axis_lane0 = b_axis_tdata[7:0];
  wire [3:0] b0_diff_bits = b_axis_lane0[6:3];
  wire [2:0] b0_bits = b_axis_lane0[2:0];
  wire b0_and = (&b0_diff_bits) & (&b0_bits);
  wire b0_diff_any = |b0_diff_bits;
  wire [3:0] b0_diff = b0_diff_bits - {3'd0, b0_diff_any};
  wire [7:0] b_axis_lane1 = b_axis_tdata[15:8];
  wire [3:0] b1_diff_bits = b_axis_lane1[6:3];
  wire [2:0] b1_bits = b_axis_lane1[2:0];
  wire b1_and = (&b1_diff_bits) & (&b1_bits);
  wire b1_diff_any = |b1_diff_bits;
  wire [3:0] b1_diff = b1_diff_bits - {3'd0, b1_diff_any};
  wire [7:0] b_axis_lane2 = b_axis_tdata[23:16];
  wire [3:0] b2_diff_bits = b_axis_lane2[6:3];
  wire [2:0] b2_bits = b_axis_lane2[2:0];
  wire b2_and = (&b2_diff_bits) & (&b2_bits);
  wire b2_diff_any = |b2_diff_bits;
  wire [3:0] b2_diff = b2_diff_bits - {3'd0, b2_diff_any};
  wire [7:0] b_axis_lane3 = b_axis_tdata[31:24];
  wire [3:0] b3_diff_bits = b_axis_lane3[6:3];
  wire [2:0] b3_bits = b_axis_lane3[2:0];
  wire b3_and = (&b3_diff_bits) & (&b3_bits);
  wire b3_diff_any = |b3_diff_bits;
  wire [3:0] b3_diff = b3_diff_bits - {3'd0, b3_diff_any};
  wire step_last = step_valid & tile_end;

  // the rows of a finished tile, seen at the bottom of column 0
  wire draining = bottom_p4_q | (|row_q);
  wire last_row = row_q == 2'd3;
  wire [1:0] row_d = row_q + 2'd1;

  // results
  assign m_axis_tdata = {sums3[171:129], aligned2_p1_q, aligned1_p2_q, aligned0_p3_q};

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

  always @(posedge clk) begin
    if (rst) begin
      k_tile_q <= 5'd0;
    end else if (step) begin
      k_tile_q <= k_tile_d;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      a0_q <= {a0_and, a_axis_lane0[7], (a0_and ? 4'd0 : a0_diff), (a0_and ? 4'd0 : {a0_diff_any, a0_bits})};
      a1_q <= {a1_and, a_axis_lane1[7], (a1_and ? 4'd0 : a1_diff), (a1_and ? 4'd0 : {a1_diff_any, a1_bits})};
      a2_q <= {a2_and, a_axis_lane2[7], (a2_and ? 4'd0 : a2_diff), (a2_and ? 4'd0 : {a2_diff_any, a2_bits})};
      a3_q <= {a3_and, a_axis_lane3[7], (a3_and ? 4'd0 : a3_diff), (a3_and ? 4'd0 : {a3_diff_any, a3_bits})};
      b0_q <= {b0_and, b_axis_lane0[7], (b0_and ? 4'd0 : b0_diff), (b0_and ? 4'd0 : {b0_diff_any, b0_bits})};
      b1_q <= {b1_and, b_axis_lane1[7], (b1_and ? 4'd0 : b1_diff), (b1_and ? 4'd0 : {b1_diff_any, b1_bits})};
      b2_q <= {b2_and, b_axis_lane2[7], (b2_and ? 4'd0 : b2_diff), (b2_and ? 4'd0 : {b2_diff_any, b2_bits})};
      b3_q <= {b3_and, b_axis_lane3[7], (b3_and ? 4'd0 : b3_diff), (b3_and ? 4'd0 : {b3_diff_any, b3_bits})};
      end_q <= 1'd1;
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
      end_p1_q <= end_q;
    end
  end

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
      row_q <= row_d;
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

  wire unused_ok = &{1'b0, b_axis_tlast, a_axis_tlast};

endmodule

`default_nettype wire

// nl_stream_fifo_u4x8_d4
// block     stream_fifo: buffers beats in order
// computes  y[i] = x[i]
// config    bits=8 lanes=4 signed=false depth=4
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
  wire wr_en = s_axis_tvalid & (used_q != 3'd4);
  wire rd_en = out_valid_d & (~out_valid_q | m_axis_tready);
  wire [1:0] wr_d = wr_q + 2'd1;
  wire [1:0] rd_d = rd_q + 2'd1;
  wire [2:0] used_sum = used_q + 3'd1;
  wire [2:0] used_diff = used_q - 3'd1;
  assign m_axis_tdata = places_q[31:0];
  assign m_axis_tlast = places_q[32];

  always @(posedge clk) if (wr_en) begin
    places[wr_q] <= {s_axis_tlast, s_axis_tdata};
  end
  always @(posedge clk) if (rd_en) begin
    places_q <= places[rd_q];
  end

  assign s_axis_tready = used_q != 3'd4;
  assign m_axis_tvalid = out_valid_q;

  always @(posedge clk) begin
    if (rst) begin
      wr_q <= 2'd0;
    end else if (wr_en) begin
      wr_q <= wr_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rd_q <= 2'd0;
    end else if (rd_en) begin
      rd_q <= rd_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      used_q <= 3'd0;
    end else if (wr_en ^ rd_en) begin
      used_q <= wr_en ? used_sum : used_diff;
    end
  end

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
// config    dataflow=output-stationary mac=plain rows=4 cols=4 depth=1 m=4 blocks=2 n=4 block=32 format=e4m3 a_bits=8 b_bits=8 scale=e8m0 scale_bits=8 accumulator=float32 pipeline=1
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
  reg [9:0] term0_place_q;
  reg term0_marks_q;
  reg [41:0] term0_leading_q;
  reg term0_negative_q;
  reg [10:0] term0_exponent_q;
  reg [2:0] term0_special_q;
  reg term1_sign_q;
  reg [41:0] term1_magnitude_q;
  reg [9:0] term1_place_q;
  reg term1_marks_q;
  reg [41:0] term1_leading_q;
  reg term1_negative_q;
  reg [10:0] term1_exponent_q;
  reg [2:0] term1_special_q;
  reg term2_sign_q;
  reg [41:0] term2_magnitude_q;
  reg [9:0] term2_place_q;
  reg term2_marks_q;
  reg [41:0] term2_leading_q;
  reg term2_negative_q;
  reg [10:0] term2_exponent_q;
  reg [2:0] term2_special_q;
  reg term3_sign_q;
  reg [41:0] term3_magnitude_q;
  reg [9:0] term3_place_q;
  reg term3_marks_q;
  reg [41:0] term3_leading_q;
  reg term3_negative_q;
  reg [10:0] term3_exponent_q;
  reg [2:0] term3_special_q;
  reg [10:0] lane0_exponent_q;
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
  reg [10:0] lane0_exponent_aligned_q;
  reg [2:0] lane0_marks_aligned_q;
  reg lane0_negative_q;
  reg [45:0] lane0_magnitude_q;
  reg [11:0] lane0_above_q;
  reg [2:0] lane0_marks_sum_q;
  reg [5:0] lane0_count_q;
  reg lane0_negative_late_q;
  reg [45:0] lane0_magnitude_late_q;
  reg [11:0] lane0_above_late_q;
  reg [2:0] lane0_marks_late_q;
  reg lane0_sign_q;
  reg [45:0] lane0_leading_q;
  reg [12:0] lane0_field_q;
  reg [2:0] lane0_special_q;
  reg [10:0] lane1_exponent_q;
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
  reg [10:0] lane1_exponent_aligned_q;
  reg [2:0] lane1_marks_aligned_q;
  reg lane1_negative_q;
  reg [45:0] lane1_magnitude_q;
  reg [11:0] lane1_above_q;
  reg [2:0] lane1_marks_sum_q;
  reg [5:0] lane1_count_q;
  reg lane1_negative_late_q;
  reg [45:0] lane1_magnitude_late_q;
  reg [11:0] lane1_above_late_q;
  reg [2:0] lane1_marks_late_q;
  reg lane1_sign_q;
  reg [45:0] lane1_leading_q;
  reg [12:0] lane1_field_q;
  reg [2:0] lane1_special_q;
  reg [10:0] lane2_exponent_q;
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
  reg [10:0] lane2_exponent_aligned_q;
  reg [2:0] lane2_marks_aligned_q;
  reg lane2_negative_q;
  reg [45:0] lane2_magnitude_q;
  reg [11:0] lane2_above_q;
  reg [2:0] lane2_marks_sum_q;
  reg [5:0] lane2_count_q;
  reg lane2_negative_late_q;
  reg [45:0] lane2_magnitude_late_q;
  reg [11:0] lane2_above_late_q;
  reg [2:0] lane2_marks_late_q;
  reg lane2_sign_q;
  reg [45:0] lane2_leading_q;
  reg [12:0] lane2_field_q;
  reg [2:0] lane2_special_q;
  reg [10:0] lane3_exponent_q;
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
  reg [10:0] lane3_exponent_aligned_q;
  reg [2:0] lane3_marks_aligned_q;
  reg lane3_negative_q;
  reg [45:0] lane3_magnitude_q;
  reg [11:0] lane3_above_q;
  reg [2:0] lane3_marks_sum_q;
  reg [5:0] lane3_count_q;
  reg lane3_negative_late_q;
  reg [45:0] lane3_magnitude_late_q;
  reg [11:0] lane3_above_late_q;
  reg [2:0] lane3_marks_late_q;
  reg lane3_sign_q;
  reg [45:0] lane3_leading_q;
  reg [12:0] lane3_field_q;
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
  wire a_scales_s_axis_tready;
  wire [31:0] a_scales_m_axis_tdata;
  wire a_scales_m_axis_tvalid;
  wire b_scales_s_axis_tready;
  wire [31:0] b_scales_m_axis_tdata;
  wire b_scales_m_axis_tvalid;
  wire array_a_axis_tready;
  wire array_b_axis_tready;
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
  wire end_eq = row_q == 2'd3;
  wire [1:0] row_d = row_q + 2'd1;
  wire last_d = block_q == 1'd1;
  wire block_d = block_q + 1'd1;
  wire [7:0] bits = a_scales_m_axis_tdata[7:0];
  wire [7:0] bits_l1 = a_scales_m_axis_tdata[15:8];
  wire [7:0] bits_l2 = a_scales_m_axis_tdata[23:16];
  wire [7:0] bits_l3 = a_scales_m_axis_tdata[31:24];
  reg [7:0] shift3_sum_sel;
  always @* begin
    case (row_q)
      2'd0: shift3_sum_sel = bits;
      2'd1: shift3_sum_sel = bits_l1;
      2'd2: shift3_sum_sel = bits_l2;
      default: shift3_sum_sel = bits_l3;
    endcase
  end
  reg scale3_nan_sel;
  always @* begin
    case (row_q)
      2'd0: scale3_nan_sel = &bits;
      2'd1: scale3_nan_sel = &bits_l1;
      2'd2: scale3_nan_sel = &bits_l2;
      default: scale3_nan_sel = &bits_l3;
    endcase
  end
  wire [42:0] marks0_bits = array_m_axis_tdata[42:0];
  wire [7:0] shift0_sum_bits = b_scales_m_axis_tdata[7:0];
  wire scale0_nan = scale3_nan_sel | (&shift0_sum_bits);
  wire [8:0] shift0_sum = {1'd0, shift3_sum_sel} + {1'd0, shift0_sum_bits};
  wire [42:0] marks1_bits = array_m_axis_tdata[85:43];
  wire [7:0] shift1_sum_bits = b_scales_m_axis_tdata[15:8];
  wire scale1_nan = scale3_nan_sel | (&shift1_sum_bits);
  wire [8:0] shift1_sum = {1'd0, shift3_sum_sel} + {1'd0, shift1_sum_bits};
  wire [42:0] marks2_bits = array_m_axis_tdata[128:86];
  wire [7:0] shift2_sum_bits = b_scales_m_axis_tdata[23:16];
  wire scale2_nan = scale3_nan_sel | (&shift2_sum_bits);
  wire [8:0] shift2_sum = {1'd0, shift3_sum_sel} + {1'd0, shift2_sum_bits};
  wire [42:0] marks3_bits = array_m_axis_tdata[171:129];
  wire [7:0] shift3_sum_bits = b_scales_m_axis_tdata[31:24];
  wire scale3_nan = scale3_nan_sel | (&shift3_sum_bits);
  wire [8:0] shift3_sum = {1'd0, shift3_sum_sel} + {1'd0, shift3_sum_bits};

  // block sums, normalized
  wire [9:0] term0_place_d = {1'd0, shift0_q} - 10'd104;
  wire [41:0] term0_magnitude_diff = 42'h0 - sum0_q;
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
  wire [6:0] term0_exponent_ext = {1'd0, {term0_moves32, term0_moves16, term0_moves8, term0_moves4,
      term0_moves2, term0_moves1}};
  wire [10:0] term0_exponent_d = {term0_place_q[9], term0_place_q} - {{4{term0_exponent_ext[6]}},
      term0_exponent_ext};
  wire [9:0] term1_place_d = {1'd0, shift1_q} - 10'd104;
  wire [41:0] term1_magnitude_diff = 42'h0 - sum1_q;
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
  wire [6:0] term1_exponent_ext = {1'd0, {term1_moves32, term1_moves16, term1_moves8, term1_moves4,
      term1_moves2, term1_moves1}};
  wire [10:0] term1_exponent_d = {term1_place_q[9], term1_place_q} - {{4{term1_exponent_ext[6]}},
      term1_exponent_ext};
  wire [9:0] term2_place_d = {1'd0, shift2_q} - 10'd104;
  wire [41:0] term2_magnitude_diff = 42'h0 - sum2_q;
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
  wire [6:0] term2_exponent_ext = {1'd0, {term2_moves32, term2_moves16, term2_moves8, term2_moves4,
      term2_moves2, term2_moves1}};
  wire [10:0] term2_exponent_d = {term2_place_q[9], term2_place_q} - {{4{term2_exponent_ext[6]}},
      term2_exponent_ext};
  wire [9:0] term3_place_d = {1'd0, shift3_q} - 10'd104;
  wire [41:0] term3_magnitude_diff = 42'h0 - sum3_q;
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
  wire [6:0] term3_exponent_ext = {1'd0, {term3_moves32, term3_moves16, term3_moves8, term3_moves4,
      term3_moves2, term3_moves1}};
  wire [10:0] term3_exponent_d = {term3_place_q[9], term3_place_q} - {{4{term3_exponent_ext[6]}},
      term3_exponent_ext};

  // added to the rows' sums
  wire [31:0] lane0_old = adding_first_p2_q ? 32'h0 : sums_q[31:0];
  wire [7:0] lane0_old_field = lane0_old[30:23];
  wire [22:0] lane0_old_fraction = lane0_old[22:0];
  wire lane0_marks_all = &lane0_old_field;
  wire lane0_old_normal = |lane0_old_field;
  wire [41:0] lane0_old_significand = {{lane0_old_normal, lane0_old_fraction}, 18'h0};
  wire [8:0] lane0_old_exponent_ext = {1'd0, {lane0_old_field[7:1], (lane0_old_field[0] | ~lane0_old_normal)}};
  wire lane0_old_infinite = lane0_marks_all & ~(|lane0_old_fraction);
  wire [10:0] lane0_old_exponent = {{2{lane0_old_exponent_ext[8]}}, lane0_old_exponent_ext};
  wire lane0_swap = ($signed(lane0_old_exponent) < $signed(term0_exponent_q)) & term0_leading_q[41];
  wire [11:0] lane0_apart_diff = {term0_exponent_q[10], term0_exponent_q} - {lane0_old_exponent[10],
      lane0_old_exponent};
  wire [11:0] lane0_apart_diff_l1 = {lane0_old_exponent[10], lane0_old_exponent} - {term0_exponent_q[10],
      term0_exponent_q};
  wire [11:0] lane0_apart = lane0_swap ? lane0_apart_diff : lane0_apart_diff_l1;
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
  wire [44:0] lane0_minus_cat = {lane0_big_aligned_q, 3'd0};
  wire [45:0] lane0_plus = {1'd0, lane0_minus_cat} + {1'd0, lane0_small_aligned_q};
  wire [45:0] lane0_minus = {1'd0, lane0_minus_cat} - {1'd0, lane0_small_aligned_q};
  wire [46:0] lane0_exact = lane0_opposite_aligned_q ? {lane0_minus[45], lane0_minus} : {1'd0, lane0_plus};
  wire [46:0] lane0_magnitude_sel_diff = 47'h0 - lane0_exact;
  wire [46:0] lane0_magnitude_sel = lane0_exact[46] ? lane0_magnitude_sel_diff : lane0_exact;
  wire [11:0] lane0_above_d = {lane0_exponent_aligned_q[10], lane0_exponent_aligned_q} + 12'd1;
  wire [9:0] lane0_limit = lane0_above_q[9:0] - 10'd1;
  wire and_l1 = ~lane0_magnitude_q[45] & ~lane0_magnitude_q[44];
  wire and_l2 = ~lane0_magnitude_q[41] & ~lane0_magnitude_q[40];
  wire and_l3 = ~lane0_magnitude_q[37] & ~lane0_magnitude_q[36];
  wire and_l4 = ~lane0_magnitude_q[33] & ~lane0_magnitude_q[32];
  wire and_l5 = ~lane0_magnitude_q[29] & ~lane0_magnitude_q[28];
  wire and_l6 = ~lane0_magnitude_q[25] & ~lane0_magnitude_q[24];
  wire and_l7 = ~lane0_magnitude_q[21] & ~lane0_magnitude_q[20];
  wire lane0_zeros_and_and = ~lane0_magnitude_q[17] & ~lane0_magnitude_q[16];
  wire and_l8 = ~lane0_magnitude_q[13] & ~lane0_magnitude_q[12];
  wire lane0_zeros_and_and_l1 = ~lane0_magnitude_q[9] & ~lane0_magnitude_q[8];
  wire lane0_zeros_and_and_l2 = ~lane0_magnitude_q[5] & ~lane0_magnitude_q[4];
  wire lane0_zeros_and = ~lane0_magnitude_q[1] & ~lane0_magnitude_q[0];
  wire and_l9 = and_l1 & (~lane0_magnitude_q[43] & ~lane0_magnitude_q[42]);
  wire and_l10 = and_l3 & (~lane0_magnitude_q[35] & ~lane0_magnitude_q[34]);
  wire and_l11 = and_l5 & (~lane0_magnitude_q[27] & ~lane0_magnitude_q[26]);
  wire lane0_zeros_and_and_l3 = and_l7 & (~lane0_magnitude_q[19] & ~lane0_magnitude_q[18]);
  wire lane0_zeros_and_and_l4 = and_l8 & (~lane0_magnitude_q[11] & ~lane0_magnitude_q[10]);
  wire lane0_zeros_and_l1 = lane0_zeros_and_and_l2 & (~lane0_magnitude_q[3] & ~lane0_magnitude_q[2]);
  wire and_l12 = and_l9 & (and_l2 & (~lane0_magnitude_q[39] & ~lane0_magnitude_q[38]));
  wire lane0_zeros_and_and_l5 = and_l11 & (and_l6 & (~lane0_magnitude_q[23] & ~lane0_magnitude_q[22]));
  wire lane0_zeros_and_l2 = lane0_zeros_and_and_l4 & (lane0_zeros_and_and_l1 & (~lane0_magnitude_q[7] &
      ~lane0_magnitude_q[6]));
  wire lane0_zeros_and_and_l6 = and_l12 & (and_l10 & (and_l4 & (~lane0_magnitude_q[31] &
      ~lane0_magnitude_q[30])));
  wire lane0_zeros_and_l3 = lane0_zeros_and_and_l6 & (lane0_zeros_and_and_l5 & (lane0_zeros_and_and_l3 &
      (lane0_zeros_and_and & (~lane0_magnitude_q[15] & ~lane0_magnitude_q[14]))));
  wire [5:0] lane0_zeros = {lane0_zeros_and_l3, (lane0_zeros_and_l3 ? {1'd0, {lane0_zeros_and_l2,
      (lane0_zeros_and_l2 ? {lane0_zeros_and_l1, (lane0_zeros_and_l1 ? {lane0_zeros_and, (lane0_zeros_and ?
      1'd0 : ~lane0_magnitude_q[1])} : {lane0_zeros_and_and_l2, (lane0_zeros_and_and_l2 ?
      ~lane0_magnitude_q[3] : ~lane0_magnitude_q[5])})} : {lane0_zeros_and_and_l4, (lane0_zeros_and_and_l4 ?
      {lane0_zeros_and_and_l1, (lane0_zeros_and_and_l1 ? ~lane0_magnitude_q[7] : ~lane0_magnitude_q[9])} :
      {and_l8, (and_l8 ? ~lane0_magnitude_q[11] : ~lane0_magnitude_q[13])})})}} : {lane0_zeros_and_and_l6,
      (lane0_zeros_and_and_l6 ? {lane0_zeros_and_and_l5, (lane0_zeros_and_and_l5 ? {lane0_zeros_and_and_l3,
      (lane0_zeros_and_and_l3 ? {lane0_zeros_and_and, (lane0_zeros_and_and ? ~lane0_magnitude_q[15] :
      ~lane0_magnitude_q[17])} : {and_l7, (and_l7 ? ~lane0_magnitude_q[19] : ~lane0_magnitude_q[21])})} :
      {and_l11, (and_l11 ? {and_l6, (and_l6 ? ~lane0_magnitude_q[23] : ~lane0_magnitude_q[25])} : {and_l5,
      (and_l5 ? ~lane0_magnitude_q[27] : ~lane0_magnitude_q[29])})})} : {and_l12, (and_l12 ? {and_l10,
      (and_l10 ? {and_l4, (and_l4 ? ~lane0_magnitude_q[31] : ~lane0_magnitude_q[33])} : {and_l3, (and_l3 ?
      ~lane0_magnitude_q[35] : ~lane0_magnitude_q[37])})} : {and_l9, (and_l9 ? {and_l2, (and_l2 ?
      ~lane0_magnitude_q[39] : ~lane0_magnitude_q[41])} : {and_l1, (and_l1 ? ~lane0_magnitude_q[43] :
      ~lane0_magnitude_q[45])})})})})};
  wire [9:0] lane0_count_sel_ext = {4'd0, lane0_zeros};
  wire [9:0] lane0_count_sel = (lane0_count_sel_ext < lane0_limit) ? lane0_count_sel_ext : lane0_limit;
  wire [45:0] lane0_leading_d = lane0_magnitude_late_q << lane0_count_q;
  wire [6:0] lane0_field_ext = {1'd0, lane0_count_q};
  wire [12:0] lane0_field_d = {lane0_above_late_q[11], lane0_above_late_q} - {{6{lane0_field_ext[6]}},
      lane0_field_ext};
  wire [30:0] total0_sum = {(lane0_leading_q[45] ? lane0_field_q[7:0] : 8'd0), lane0_leading_q[44:22]} +
      {30'd0, lane0_leading_q[21] & ((|(lane0_leading_q[20:0])) | lane0_leading_q[22])};
  wire [31:0] total0 = (lane0_special_q[0] | (lane0_special_q[1] & lane0_special_q[2])) ? 32'h7fc00000 :
      ((lane0_special_q[1] | lane0_special_q[2]) ? {lane0_special_q[2], 31'h7f800000} : {lane0_sign_q,
      (($signed(lane0_field_q) > 13'sd254) ? 31'h7f800000 : total0_sum)});
  wire [31:0] lane1_old = adding_first_p2_q ? 32'h0 : sums_q[63:32];
  wire [7:0] lane1_old_field = lane1_old[30:23];
  wire [22:0] lane1_old_fraction = lane1_old[22:0];
  wire lane1_marks_all = &lane1_old_field;
  wire lane1_old_normal = |lane1_old_field;
  wire [41:0] lane1_old_significand = {{lane1_old_normal, lane1_old_fraction}, 18'h0};
  wire [8:0] lane1_old_exponent_ext = {1'd0, {lane1_old_field[7:1], (lane1_old_field[0] | ~lane1_old_normal)}};
  wire lane1_old_infinite = lane1_marks_all & ~(|lane1_old_fraction);
  wire [10:0] lane1_old_exponent = {{2{lane1_old_exponent_ext[8]}}, lane1_old_exponent_ext};
  wire lane1_swap = ($signed(lane1_old_exponent) < $signed(term1_exponent_q)) & term1_leading_q[41];
  wire [11:0] lane1_apart_diff = {term1_exponent_q[10], term1_exponent_q} - {lane1_old_exponent[10],
      lane1_old_exponent};
  wire [11:0] lane1_apart_diff_l1 = {lane1_old_exponent[10], lane1_old_exponent} - {term1_exponent_q[10],
      term1_exponent_q};
  wire [11:0] lane1_apart = lane1_swap ? lane1_apart_diff : lane1_apart_diff_l1;
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
  wire [44:0] lane1_minus_cat = {lane1_big_aligned_q, 3'd0};
  wire [45:0] lane1_plus = {1'd0, lane1_minus_cat} + {1'd0, lane1_small_aligned_q};
  wire [45:0] lane1_minus = {1'd0, lane1_minus_cat} - {1'd0, lane1_small_aligned_q};
  wire [46:0] lane1_exact = lane1_opposite_aligned_q ? {lane1_minus[45], lane1_minus} : {1'd0, lane1_plus};
  wire [46:0] lane1_magnitude_sel_diff = 47'h0 - lane1_exact;
  wire [46:0] lane1_magnitude_sel = lane1_exact[46] ? lane1_magnitude_sel_diff : lane1_exact;
  wire [11:0] lane1_above_d = {lane1_exponent_aligned_q[10], lane1_exponent_aligned_q} + 12'd1;
  wire [9:0] lane1_limit = lane1_above_q[9:0] - 10'd1;
  wire and_l13 = ~lane1_magnitude_q[45] & ~lane1_magnitude_q[44];
  wire and_l14 = ~lane1_magnitude_q[41] & ~lane1_magnitude_q[40];
  wire and_l15 = ~lane1_magnitude_q[37] & ~lane1_magnitude_q[36];
  wire and_l16 = ~lane1_magnitude_q[33] & ~lane1_magnitude_q[32];
  wire and_l17 = ~lane1_magnitude_q[29] & ~lane1_magnitude_q[28];
  wire and_l18 = ~lane1_magnitude_q[25] & ~lane1_magnitude_q[24];
  wire and_l19 = ~lane1_magnitude_q[21] & ~lane1_magnitude_q[20];
  wire lane1_zeros_and_and = ~lane1_magnitude_q[17] & ~lane1_magnitude_q[16];
  wire and_l20 = ~lane1_magnitude_q[13] & ~lane1_magnitude_q[12];
  wire lane1_zeros_and_and_l1 = ~lane1_magnitude_q[9] & ~lane1_magnitude_q[8];
  wire lane1_zeros_and_and_l2 = ~lane1_magnitude_q[5] & ~lane1_magnitude_q[4];
  wire lane1_zeros_and = ~lane1_magnitude_q[1] & ~lane1_magnitude_q[0];
  wire and_l21 = and_l13 & (~lane1_magnitude_q[43] & ~lane1_magnitude_q[42]);
  wire and_l22 = and_l15 & (~lane1_magnitude_q[35] & ~lane1_magnitude_q[34]);
  wire and_l23 = and_l17 & (~lane1_magnitude_q[27] & ~lane1_magnitude_q[26]);
  wire lane1_zeros_and_and_l3 = and_l19 & (~lane1_magnitude_q[19] & ~lane1_magnitude_q[18]);
  wire lane1_zeros_and_and_l4 = and_l20 & (~lane1_magnitude_q[11] & ~lane1_magnitude_q[10]);
  wire lane1_zeros_and_l1 = lane1_zeros_and_and_l2 & (~lane1_magnitude_q[3] & ~lane1_magnitude_q[2]);
  wire and_l24 = and_l21 & (and_l14 & (~lane1_magnitude_q[39] & ~lane1_magnitude_q[38]));
  wire lane1_zeros_and_and_l5 = and_l23 & (and_l18 & (~lane1_magnitude_q[23] & ~lane1_magnitude_q[22]));
  wire lane1_zeros_and_l2 = lane1_zeros_and_and_l4 & (lane1_zeros_and_and_l1 & (~lane1_magnitude_q[7] &
      ~lane1_magnitude_q[6]));
  wire lane1_zeros_and_and_l6 = and_l24 & (and_l22 & (and_l16 & (~lane1_magnitude_q[31] &
      ~lane1_magnitude_q[30])));
  wire lane1_zeros_and_l3 = lane1_zeros_and_and_l6 & (lane1_zeros_and_and_l5 & (lane1_zeros_and_and_l3 &
      (lane1_zeros_and_and & (~lane1_magnitude_q[15] & ~lane1_magnitude_q[14]))));
  wire [5:0] lane1_zeros = {lane1_zeros_and_l3, (lane1_zeros_and_l3 ? {1'd0, {lane1_zeros_and_l2,
      (lane1_zeros_and_l2 ? {lane1_zeros_and_l1, (lane1_zeros_and_l1 ? {lane1_zeros_and, (lane1_zeros_and ?
      1'd0 : ~lane1_magnitude_q[1])} : {lane1_zeros_and_and_l2, (lane1_zeros_and_and_l2 ?
      ~lane1_magnitude_q[3] : ~lane1_magnitude_q[5])})} : {lane1_zeros_and_and_l4, (lane1_zeros_and_and_l4 ?
      {lane1_zeros_and_and_l1, (lane1_zeros_and_and_l1 ? ~lane1_magnitude_q[7] : ~lane1_magnitude_q[9])} :
      {and_l20, (and_l20 ? ~lane1_magnitude_q[11] : ~lane1_magnitude_q[13])})})}} : {lane1_zeros_and_and_l6,
      (lane1_zeros_and_and_l6 ? {lane1_zeros_and_and_l5, (lane1_zeros_and_and_l5 ? {lane1_zeros_and_and_l3,
      (lane1_zeros_and_and_l3 ? {lane1_zeros_and_and, (lane1_zeros_and_and ? ~lane1_magnitude_q[15] :
      ~lane1_magnitude_q[17])} : {and_l19, (and_l19 ? ~lane1_magnitude_q[19] : ~lane1_magnitude_q[21])})} :
      {and_l23, (and_l23 ? {and_l18, (and_l18 ? ~lane1_magnitude_q[23] : ~lane1_magnitude_q[25])} : {and_l17,
      (and_l17 ? ~lane1_magnitude_q[27] : ~lane1_magnitude_q[29])})})} : {and_l24, (and_l24 ? {and_l22,
      (and_l22 ? {and_l16, (and_l16 ? ~lane1_magnitude_q[31] : ~lane1_magnitude_q[33])} : {and_l15, (and_l15 ?
      ~lane1_magnitude_q[35] : ~lane1_magnitude_q[37])})} : {and_l21, (and_l21 ? {and_l14, (and_l14 ?
      ~lane1_magnitude_q[39] : ~lane1_magnitude_q[41])} : {and_l13, (and_l13 ? ~lane1_magnitude_q[43] :
      ~lane1_magnitude_q[45])})})})})};
  wire [9:0] lane1_count_sel_ext = {4'd0, lane1_zeros};
  wire [9:0] lane1_count_sel = (lane1_count_sel_ext < lane1_limit) ? lane1_count_sel_ext : lane1_limit;
  wire [45:0] lane1_leading_d = lane1_magnitude_late_q << lane1_count_q;
  wire [6:0] lane1_field_ext = {1'd0, lane1_count_q};
  wire [12:0] lane1_field_d = {lane1_above_late_q[11], lane1_above_late_q} - {{6{lane1_field_ext[6]}},
      lane1_field_ext};
  wire [30:0] total1_sum = {(lane1_leading_q[45] ? lane1_field_q[7:0] : 8'd0), lane1_leading_q[44:22]} +
      {30'd0, lane1_leading_q[21] & ((|(lane1_leading_q[20:0])) | lane1_leading_q[22])};
  wire [31:0] total1 = (lane1_special_q[0] | (lane1_special_q[1] & lane1_special_q[2])) ? 32'h7fc00000 :
      ((lane1_special_q[1] | lane1_special_q[2]) ? {lane1_special_q[2], 31'h7f800000} : {lane1_sign_q,
      (($signed(lane1_field_q) > 13'sd254) ? 31'h7f800000 : total1_sum)});
  wire [31:0] lane2_old = adding_first_p2_q ? 32'h0 : sums_q[95:64];
  wire [7:0] lane2_old_field = lane2_old[30:23];
  wire [22:0] lane2_old_fraction = lane2_old[22:0];
  wire lane2_marks_all = &lane2_old_field;
  wire lane2_old_normal = |lane2_old_field;
  wire [41:0] lane2_old_significand = {{lane2_old_normal, lane2_old_fraction}, 18'h0};
  wire [8:0] lane2_old_exponent_ext = {1'd0, {lane2_old_field[7:1], (lane2_old_field[0] | ~lane2_old_normal)}};
  wire lane2_old_infinite = lane2_marks_all & ~(|lane2_old_fraction);
  wire [10:0] lane2_old_exponent = {{2{lane2_old_exponent_ext[8]}}, lane2_old_exponent_ext};
  wire lane2_swap = ($signed(lane2_old_exponent) < $signed(term2_exponent_q)) & term2_leading_q[41];
  wire [11:0] lane2_apart_diff = {term2_exponent_q[10], term2_exponent_q} - {lane2_old_exponent[10],
      lane2_old_exponent};
  wire [11:0] lane2_apart_diff_l1 = {lane2_old_exponent[10], lane2_old_exponent} - {term2_exponent_q[10],
      term2_exponent_q};
  wire [11:0] lane2_apart = lane2_swap ? lane2_apart_diff : lane2_apart_diff_l1;
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
  wire [44:0] lane2_minus_cat = {lane2_big_aligned_q, 3'd0};
  wire [45:0] lane2_plus = {1'd0, lane2_minus_cat} + {1'd0, lane2_small_aligned_q};
  wire [45:0] lane2_minus = {1'd0, lane2_minus_cat} - {1'd0, lane2_small_aligned_q};
  wire [46:0] lane2_exact = lane2_opposite_aligned_q ? {lane2_minus[45], lane2_minus} : {1'd0, lane2_plus};
  wire [46:0] lane2_magnitude_sel_diff = 47'h0 - lane2_exact;
  wire [46:0] lane2_magnitude_sel = lane2_exact[46] ? lane2_magnitude_sel_diff : lane2_exact;
  wire [11:0] lane2_above_d = {lane2_exponent_aligned_q[10], lane2_exponent_aligned_q} + 12'd1;
  wire [9:0] lane2_limit = lane2_above_q[9:0] - 10'd1;
  wire and_l25 = ~lane2_magnitude_q[45] & ~lane2_magnitude_q[44];
  wire and_l26 = ~lane2_magnitude_q[41] & ~lane2_magnitude_q[40];
  wire and_l27 = ~lane2_magnitude_q[37] & ~lane2_magnitude_q[36];
  wire and_l28 = ~lane2_magnitude_q[33] & ~lane2_magnitude_q[32];
  wire and_l29 = ~lane2_magnitude_q[29] & ~lane2_magnitude_q[28];
  wire and_l30 = ~lane2_magnitude_q[25] & ~lane2_magnitude_q[24];
  wire and_l31 = ~lane2_magnitude_q[21] & ~lane2_magnitude_q[20];
  wire lane2_zeros_and_and = ~lane2_magnitude_q[17] & ~lane2_magnitude_q[16];
  wire and_l32 = ~lane2_magnitude_q[13] & ~lane2_magnitude_q[12];
  wire lane2_zeros_and_and_l1 = ~lane2_magnitude_q[9] & ~lane2_magnitude_q[8];
  wire lane2_zeros_and_and_l2 = ~lane2_magnitude_q[5] & ~lane2_magnitude_q[4];
  wire lane2_zeros_and = ~lane2_magnitude_q[1] & ~lane2_magnitude_q[0];
  wire and_l33 = and_l25 & (~lane2_magnitude_q[43] & ~lane2_magnitude_q[42]);
  wire and_l34 = and_l27 & (~lane2_magnitude_q[35] & ~lane2_magnitude_q[34]);
  wire and_l35 = and_l29 & (~lane2_magnitude_q[27] & ~lane2_magnitude_q[26]);
  wire lane2_zeros_and_and_l3 = and_l31 & (~lane2_magnitude_q[19] & ~lane2_magnitude_q[18]);
  wire lane2_zeros_and_and_l4 = and_l32 & (~lane2_magnitude_q[11] & ~lane2_magnitude_q[10]);
  wire lane2_zeros_and_l1 = lane2_zeros_and_and_l2 & (~lane2_magnitude_q[3] & ~lane2_magnitude_q[2]);
  wire and_l36 = and_l33 & (and_l26 & (~lane2_magnitude_q[39] & ~lane2_magnitude_q[38]));
  wire lane2_zeros_and_and_l5 = and_l35 & (and_l30 & (~lane2_magnitude_q[23] & ~lane2_magnitude_q[22]));
  wire lane2_zeros_and_l2 = lane2_zeros_and_and_l4 & (lane2_zeros_and_and_l1 & (~lane2_magnitude_q[7] &
      ~lane2_magnitude_q[6]));
  wire lane2_zeros_and_and_l6 = and_l36 & (and_l34 & (and_l28 & (~lane2_magnitude_q[31] &
      ~lane2_magnitude_q[30])));
  wire lane2_zeros_and_l3 = lane2_zeros_and_and_l6 & (lane2_zeros_and_and_l5 & (lane2_zeros_and_and_l3 &
      (lane2_zeros_and_and & (~lane2_magnitude_q[15] & ~lane2_magnitude_q[14]))));
  wire [5:0] lane2_zeros = {lane2_zeros_and_l3, (lane2_zeros_and_l3 ? {1'd0, {lane2_zeros_and_l2,
      (lane2_zeros_and_l2 ? {lane2_zeros_and_l1, (lane2_zeros_and_l1 ? {lane2_zeros_and, (lane2_zeros_and ?
      1'd0 : ~lane2_magnitude_q[1])} : {lane2_zeros_and_and_l2, (lane2_zeros_and_and_l2 ?
      ~lane2_magnitude_q[3] : ~lane2_magnitude_q[5])})} : {lane2_zeros_and_and_l4, (lane2_zeros_and_and_l4 ?
      {lane2_zeros_and_and_l1, (lane2_zeros_and_and_l1 ? ~lane2_magnitude_q[7] : ~lane2_magnitude_q[9])} :
      {and_l32, (and_l32 ? ~lane2_magnitude_q[11] : ~lane2_magnitude_q[13])})})}} : {lane2_zeros_and_and_l6,
      (lane2_zeros_and_and_l6 ? {lane2_zeros_and_and_l5, (lane2_zeros_and_and_l5 ? {lane2_zeros_and_and_l3,
      (lane2_zeros_and_and_l3 ? {lane2_zeros_and_and, (lane2_zeros_and_and ? ~lane2_magnitude_q[15] :
      ~lane2_magnitude_q[17])} : {and_l31, (and_l31 ? ~lane2_magnitude_q[19] : ~lane2_magnitude_q[21])})} :
      {and_l35, (and_l35 ? {and_l30, (and_l30 ? ~lane2_magnitude_q[23] : ~lane2_magnitude_q[25])} : {and_l29,
      (and_l29 ? ~lane2_magnitude_q[27] : ~lane2_magnitude_q[29])})})} : {and_l36, (and_l36 ? {and_l34,
      (and_l34 ? {and_l28, (and_l28 ? ~lane2_magnitude_q[31] : ~lane2_magnitude_q[33])} : {and_l27, (and_l27 ?
      ~lane2_magnitude_q[35] : ~lane2_magnitude_q[37])})} : {and_l33, (and_l33 ? {and_l26, (and_l26 ?
      ~lane2_magnitude_q[39] : ~lane2_magnitude_q[41])} : {and_l25, (and_l25 ? ~lane2_magnitude_q[43] :
      ~lane2_magnitude_q[45])})})})})};
  wire [9:0] lane2_count_sel_ext = {4'd0, lane2_zeros};
  wire [9:0] lane2_count_sel = (lane2_count_sel_ext < lane2_limit) ? lane2_count_sel_ext : lane2_limit;
  wire [45:0] lane2_leading_d = lane2_magnitude_late_q << lane2_count_q;
  wire [6:0] lane2_field_ext = {1'd0, lane2_count_q};
  wire [12:0] lane2_field_d = {lane2_above_late_q[11], lane2_above_late_q} - {{6{lane2_field_ext[6]}},
      lane2_field_ext};
  wire [30:0] total2_sum = {(lane2_leading_q[45] ? lane2_field_q[7:0] : 8'd0), lane2_leading_q[44:22]} +
      {30'd0, lane2_leading_q[21] & ((|(lane2_leading_q[20:0])) | lane2_leading_q[22])};
  wire [31:0] total2 = (lane2_special_q[0] | (lane2_special_q[1] & lane2_special_q[2])) ? 32'h7fc00000 :
      ((lane2_special_q[1] | lane2_special_q[2]) ? {lane2_special_q[2], 31'h7f800000} : {lane2_sign_q,
      (($signed(lane2_field_q) > 13'sd254) ? 31'h7f800000 : total2_sum)});
  wire [31:0] lane3_old = adding_first_p2_q ? 32'h0 : sums_q[127:96];
  wire [7:0] lane3_old_field = lane3_old[30:23];
  wire [22:0] lane3_old_fraction = lane3_old[22:0];
  wire lane3_marks_all = &lane3_old_field;
  wire lane3_old_normal = |lane3_old_field;
  wire [41:0] lane3_old_significand = {{lane3_old_normal, lane3_old_fraction}, 18'h0};
  wire [8:0] lane3_old_exponent_ext = {1'd0, {lane3_old_field[7:1], (lane3_old_field[0] | ~lane3_old_normal)}};
  wire lane3_old_infinite = lane3_marks_all & ~(|lane3_old_fraction);
  wire [10:0] lane3_old_exponent = {{2{lane3_old_exponent_ext[8]}}, lane3_old_exponent_ext};
  wire lane3_swap = ($signed(lane3_old_exponent) < $signed(term3_exponent_q)) & term3_leading_q[41];
  wire [11:0] lane3_apart_diff = {term3_exponent_q[10], term3_exponent_q} - {lane3_old_exponent[10],
      lane3_old_exponent};
  wire [11:0] lane3_apart_diff_l1 = {lane3_old_exponent[10], lane3_old_exponent} - {term3_exponent_q[10],
      term3_exponent_q};
  wire [11:0] lane3_apart = lane3_swap ? lane3_apart_diff : lane3_apart_diff_l1;
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
  wire [44:0] lane3_minus_cat = {lane3_big_aligned_q, 3'd0};
  wire [45:0] lane3_plus = {1'd0, lane3_minus_cat} + {1'd0, lane3_small_aligned_q};
  wire [45:0] lane3_minus = {1'd0, lane3_minus_cat} - {1'd0, lane3_small_aligned_q};
  wire [46:0] lane3_exact = lane3_opposite_aligned_q ? {lane3_minus[45], lane3_minus} : {1'd0, lane3_plus};
  wire [46:0] lane3_magnitude_sel_diff = 47'h0 - lane3_exact;
  wire [46:0] lane3_magnitude_sel = lane3_exact[46] ? lane3_magnitude_sel_diff : lane3_exact;
  wire [11:0] lane3_above_d = {lane3_exponent_aligned_q[10], lane3_exponent_aligned_q} + 12'd1;
  wire [9:0] lane3_limit = lane3_above_q[9:0] - 10'd1;
  wire and_l37 = ~lane3_magnitude_q[45] & ~lane3_magnitude_q[44];
  wire and_l38 = ~lane3_magnitude_q[41] & ~lane3_magnitude_q[40];
  wire and_l39 = ~lane3_magnitude_q[37] & ~lane3_magnitude_q[36];
  wire and_l40 = ~lane3_magnitude_q[33] & ~lane3_magnitude_q[32];
  wire and_l41 = ~lane3_magnitude_q[29] & ~lane3_magnitude_q[28];
  wire and_l42 = ~lane3_magnitude_q[25] & ~lane3_magnitude_q[24];
  wire and_l43 = ~lane3_magnitude_q[21] & ~lane3_magnitude_q[20];
  wire lane3_zeros_and_and = ~lane3_magnitude_q[17] & ~lane3_magnitude_q[16];
  wire and_l44 = ~lane3_magnitude_q[13] & ~lane3_magnitude_q[12];
  wire lane3_zeros_and_and_l1 = ~lane3_magnitude_q[9] & ~lane3_magnitude_q[8];
  wire lane3_zeros_and_and_l2 = ~lane3_magnitude_q[5] & ~lane3_magnitude_q[4];
  wire lane3_zeros_and = ~lane3_magnitude_q[1] & ~lane3_magnitude_q[0];
  wire and_l45 = and_l37 & (~lane3_magnitude_q[43] & ~lane3_magnitude_q[42]);
  wire and_l46 = and_l39 & (~lane3_magnitude_q[35] & ~lane3_magnitude_q[34]);
  wire and_l47 = and_l41 & (~lane3_magnitude_q[27] & ~lane3_magnitude_q[26]);
  wire lane3_zeros_and_and_l3 = and_l43 & (~lane3_magnitude_q[19] & ~lane3_magnitude_q[18]);
  wire lane3_zeros_and_and_l4 = and_l44 & (~lane3_magnitude_q[11] & ~lane3_magnitude_q[10]);
  wire lane3_zeros_and_l1 = lane3_zeros_and_and_l2 & (~lane3_magnitude_q[3] & ~lane3_magnitude_q[2]);
  wire and_l48 = and_l45 & (and_l38 & (~lane3_magnitude_q[39] & ~lane3_magnitude_q[38]));
  wire lane3_zeros_and_and_l5 = and_l47 & (and_l42 & (~lane3_magnitude_q[23] & ~lane3_magnitude_q[22]));
  wire lane3_zeros_and_l2 = lane3_zeros_and_and_l4 & (lane3_zeros_and_and_l1 & (~lane3_magnitude_q[7] &
      ~lane3_magnitude_q[6]));
  wire lane3_zeros_and_and_l6 = and_l48 & (and_l46 & (and_l40 & (~lane3_magnitude_q[31] &
      ~lane3_magnitude_q[30])));
  wire lane3_zeros_and_l3 = lane3_zeros_and_and_l6 & (lane3_zeros_and_and_l5 & (lane3_zeros_and_and_l3 &
      (lane3_zeros_and_and & (~lane3_magnitude_q[15] & ~lane3_magnitude_q[14]))));
  wire [5:0] lane3_zeros = {lane3_zeros_and_l3, (lane3_zeros_and_l3 ? {1'd0, {lane3_zeros_and_l2,
      (lane3_zeros_and_l2 ? {lane3_zeros_and_l1, (lane3_zeros_and_l1 ? {lane3_zeros_and, (lane3_zeros_and ?
      1'd0 : ~lane3_magnitude_q[1])} : {lane3_zeros_and_and_l2, (lane3_zeros_and_and_l2 ?
      ~lane3_magnitude_q[3] : ~lane3_magnitude_q[5])})} : {lane3_zeros_and_and_l4, (lane3_zeros_and_and_l4 ?
      {lane3_zeros_and_and_l1, (lane3_zeros_and_and_l1 ? ~lane3_magnitude_q[7] : ~lane3_magnitude_q[9])} :
      {and_l44, (and_l44 ? ~lane3_magnitude_q[11] : ~lane3_magnitude_q[13])})})}} : {lane3_zeros_and_and_l6,
      (lane3_zeros_and_and_l6 ? {lane3_zeros_and_and_l5, (lane3_zeros_and_and_l5 ? {lane3_zeros_and_and_l3,
      (lane3_zeros_and_and_l3 ? {lane3_zeros_and_and, (lane3_zeros_and_and ? ~lane3_magnitude_q[15] :
      ~lane3_magnitude_q[17])} : {and_l43, (and_l43 ? ~lane3_magnitude_q[19] : ~lane3_magnitude_q[21])})} :
      {and_l47, (and_l47 ? {and_l42, (and_l42 ? ~lane3_magnitude_q[23] : ~lane3_magnitude_q[25])} : {and_l41,
      (and_l41 ? ~lane3_magnitude_q[27] : ~lane3_magnitude_q[29])})})} : {and_l48, (and_l48 ? {and_l46,
      (and_l46 ? {and_l40, (and_l40 ? ~lane3_magnitude_q[31] : ~lane3_magnitude_q[33])} : {and_l39, (and_l39 ?
      ~lane3_magnitude_q[35] : ~lane3_magnitude_q[37])})} : {and_l45, (and_l45 ? {and_l38, (and_l38 ?
      ~lane3_magnitude_q[39] : ~lane3_magnitude_q[41])} : {and_l37, (and_l37 ? ~lane3_magnitude_q[43] :
      ~lane3_magnitude_q[45])})})})})};
  wire [9:0] lane3_count_sel_ext = {4'd0, lane3_zeros};
  wire [9:0] lane3_count_sel = (lane3_count_sel_ext < lane3_limit) ? lane3_count_sel_ext : lane3_limit;
  wire [45:0] lane3_leading_d = lane3_magnitude_late_q << lane3_count_q;
  wire [6:0] lane3_field_ext = {1'd0, lane3_count_q};
  wire [12:0] lane3_field_d = {lane3_above_late_q[11], lane3_above_late_q} - {{6{lane3_field_ext[6]}},
      lane3_field_ext};
  wire [30:0] total3_sum = {(lane3_leading_q[45] ? lane3_field_q[7:0] : 8'd0), lane3_leading_q[44:22]} +
      {30'd0, lane3_leading_q[21] & ((|(lane3_leading_q[20:0])) | lane3_leading_q[22])};
  wire [31:0] total3 = (lane3_special_q[0] | (lane3_special_q[1] & lane3_special_q[2])) ? 32'h7fc00000 :
      ((lane3_special_q[1] | lane3_special_q[2]) ? {lane3_special_q[2], 31'h7f800000} : {lane3_sign_q,
      (($signed(lane3_field_q) > 13'sd254) ? 31'h7f800000 : total3_sum)});
  wire [127:0] results_d = {total3, total2, total1, total0};

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
    .s_axis_tready(a_scales_s_axis_tready),
    .m_axis_tdata(a_scales_m_axis_tdata),
    .m_axis_tvalid(a_scales_m_axis_tvalid),
    .m_axis_tlast(a_scales_m_axis_tlast_unused),
    .m_axis_tready(fire & end_eq)
  );

  wire b_scales_m_axis_tlast_unused;
  nl_stream_fifo_u4x8_d4 u_b_scales (
    .clk(clk),
    .rst(rst),
    .s_axis_tdata(b_scale_axis_tdata),
    .s_axis_tvalid(b_scale_axis_tvalid),
    .s_axis_tlast(b_scale_axis_tlast),
    .s_axis_tready(b_scales_s_axis_tready),
    .m_axis_tdata(b_scales_m_axis_tdata),
    .m_axis_tvalid(b_scales_m_axis_tvalid),
    .m_axis_tlast(b_scales_m_axis_tlast_unused),
    .m_axis_tready(fire & end_eq)
  );

  wire array_m_axis_tlast_unused;
  nl_mac_array_os_plain_4x4_e4m3_hc3a987_fixed u_array (
    .clk(clk),
    .rst(rst),
    .a_axis_tdata(a_axis_tdata),
    .a_axis_tvalid(a_axis_tvalid),
    .a_axis_tlast(a_axis_tlast),
    .a_axis_tready(array_a_axis_tready),
    .b_axis_tdata(b_axis_tdata),
    .b_axis_tvalid(b_axis_tvalid),
    .b_axis_tlast(b_axis_tlast),
    .b_axis_tready(array_b_axis_tready),
    .m_axis_tdata(array_m_axis_tdata),
    .m_axis_tvalid(array_m_axis_tvalid),
    .m_axis_tlast(array_m_axis_tlast_unused),
    .m_axis_tready(((run & a_scales_m_axis_tvalid) & b_scales_m_axis_tvalid) & row_is_back)
  );

  assign a_axis_tready = array_a_axis_tready;
  assign b_axis_tready = array_b_axis_tready;
  assign a_scale_axis_tready = a_scales_s_axis_tready;
  assign b_scale_axis_tready = b_scales_s_axis_tready;
  assign m_axis_tdata = results_q;
  assign m_axis_tvalid = leaving_q;
  assign m_axis_tlast = leaving_end_p8_q;

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
      row_q <= row_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      block_q <= 1'd0;
    end else if (fire & end_eq) begin
      block_q <= block_d;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      first_q <= ~block_q;
      last_q <= last_d;
      end_q <= end_eq & last_d;
      row_p1_q <= row_q;
      sum0_q <= array_m_axis_tdata[41:0];
      marks0_q <= marks0_bits[42] | scale0_nan;
      shift0_q <= scale0_nan ? 9'd0 : shift0_sum;
      sum1_q <= array_m_axis_tdata[84:43];
      marks1_q <= marks1_bits[42] | scale1_nan;
      shift1_q <= scale1_nan ? 9'd0 : shift1_sum;
      sum2_q <= array_m_axis_tdata[127:86];
      marks2_q <= marks2_bits[42] | scale2_nan;
      shift2_q <= scale2_nan ? 9'd0 : shift2_sum;
      sum3_q <= array_m_axis_tdata[170:129];
      marks3_q <= marks3_bits[42] | scale3_nan;
      shift3_q <= scale3_nan ? 9'd0 : shift3_sum;
    end
  end

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
      term0_magnitude_q <= sum0_q[41] ? term0_magnitude_diff : sum0_q;
      term0_place_q <= term0_place_d;
      term0_marks_q <= marks0_q;
      term0_leading_q <= term0_moved1;
      term0_negative_q <= term0_sign_q;
      term0_exponent_q <= term0_exponent_d;
      term0_special_q <= {2'd0, term0_marks_q};
      term1_sign_q <= sum1_q[41];
      term1_magnitude_q <= sum1_q[41] ? term1_magnitude_diff : sum1_q;
      term1_place_q <= term1_place_d;
      term1_marks_q <= marks1_q;
      term1_leading_q <= term1_moved1;
      term1_negative_q <= term1_sign_q;
      term1_exponent_q <= term1_exponent_d;
      term1_special_q <= {2'd0, term1_marks_q};
      term2_sign_q <= sum2_q[41];
      term2_magnitude_q <= sum2_q[41] ? term2_magnitude_diff : sum2_q;
      term2_place_q <= term2_place_d;
      term2_marks_q <= marks2_q;
      term2_leading_q <= term2_moved1;
      term2_negative_q <= term2_sign_q;
      term2_exponent_q <= term2_exponent_d;
      term2_special_q <= {2'd0, term2_marks_q};
      term3_sign_q <= sum3_q[41];
      term3_magnitude_q <= sum3_q[41] ? term3_magnitude_diff : sum3_q;
      term3_place_q <= term3_place_d;
      term3_marks_q <= marks3_q;
      term3_leading_q <= term3_moved1;
      term3_negative_q <= term3_sign_q;
      term3_exponent_q <= term3_exponent_d;
      term3_special_q <= {2'd0, term3_marks_q};
    end
  end

  always @(posedge clk) begin
    if (run) begin
      lane0_exponent_q <= lane0_swap ? term0_exponent_q : lane0_old_exponent;
      lane0_distance_q <= (lane0_apart > 12'd45) ? 6'd45 : lane0_apart[5:0];
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
      lane1_distance_q <= (lane1_apart > 12'd45) ? 6'd45 : lane1_apart[5:0];
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
      lane2_distance_q <= (lane2_apart > 12'd45) ? 6'd45 : lane2_apart[5:0];
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
      lane3_distance_q <= (lane3_apart > 12'd45) ? 6'd45 : lane3_apart[5:0];
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
