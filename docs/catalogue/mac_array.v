// nl_mac_array_os_plain_4x4_s8s8_h96189a_pe
// block  an element: 1 product(s) of 8 and 8 bits
// mac    plain, 1 register(s) before the accumulator
`default_nettype none

module nl_mac_array_os_plain_4x4_s8s8_h96189a_pe (
  input  wire clk,
  input  wire rst,
  input  wire run_i,
  input  wire valid_i,
  input  wire last_i,
  input  wire shift_i,
  input  wire [7:0] a_i,
  input  wire [7:0] b_i,
  input  wire [18:0] sum_i,
  output wire valid_o,
  output wire last_o,
  output wire shift_o,
  output wire [7:0] a_o,
  output wire [7:0] b_o,
  output wire [18:0] sum_o
);

  reg valid_q;
  reg last_q;
  reg shift_q;
  reg [7:0] a_q;
  reg [7:0] b_q;
  reg signed [15:0] prod_q;
  reg [18:0] acc_q;
  reg [18:0] out_q;

  // products and their sum; the last step's goes out, and the next tile starts from nothing
  wire signed [15:0] p = $signed({{8{a_i[7]}}, a_i}) * $signed({{8{b_i[7]}}, b_i});
  wire signed [18:0] out_sum = acc_q + {{3{prod_q[15]}}, prod_q};

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
      prod_q <= p;
    end
  end

  always @(posedge clk) begin
    if (run_i & (valid_i | last_i)) begin
      acc_q <= last_i ? 19'h0 : out_sum;
    end
  end

  // the way out
  always @(posedge clk) begin
    if (run_i & (last_i | shift_i)) begin
      out_q <= last_i ? out_sum : sum_i;
    end
  end

endmodule

`default_nettype wire

// nl_mac_array_os_plain_4x4_s8s8_h96189a_row
// block  a row of 4 elements
`default_nettype none

module nl_mac_array_os_plain_4x4_s8s8_h96189a_row (
  input  wire clk,
  input  wire rst,
  input  wire run_i,
  input  wire valid_i,
  input  wire last_i,
  input  wire shift_i,
  input  wire [7:0] a_i,
  input  wire [31:0] b_i,
  input  wire [75:0] sum_i,
  output wire [31:0] b_o,
  output wire [75:0] sum_o
);

  wire valid0;
  wire last0;
  wire shift0;
  wire [7:0] a0;
  wire [7:0] b0;
  wire [18:0] sum0;
  wire valid1;
  wire last1;
  wire shift1;
  wire [7:0] a1;
  wire [7:0] b1;
  wire [18:0] sum1;
  wire valid2;
  wire last2;
  wire shift2;
  wire [7:0] a2;
  wire [7:0] b2;
  wire [18:0] sum2;
  wire [7:0] b3;
  wire [18:0] sum3;

  assign b_o = {b3, b2, b1, b0};
  assign sum_o = {sum3, sum2, sum1, sum0};

  nl_mac_array_os_plain_4x4_s8s8_h96189a_pe u_pe0 (
    .clk(clk),
    .rst(rst),
    .run_i(run_i),
    .valid_i(valid_i),
    .last_i(last_i),
    .shift_i(shift_i),
    .a_i(a_i),
    .b_i(b_i[7:0]),
    .sum_i(sum_i[18:0]),
    .valid_o(valid0),
    .last_o(last0),
    .shift_o(shift0),
    .a_o(a0),
    .b_o(b0),
    .sum_o(sum0)
  );

  nl_mac_array_os_plain_4x4_s8s8_h96189a_pe u_pe1 (
    .clk(clk),
    .rst(rst),
    .run_i(run_i),
    .valid_i(valid0),
    .last_i(last0),
    .shift_i(shift0),
    .a_i(a0),
    .b_i(b_i[15:8]),
    .sum_i(sum_i[37:19]),
    .valid_o(valid1),
    .last_o(last1),
    .shift_o(shift1),
    .a_o(a1),
    .b_o(b1),
    .sum_o(sum1)
  );

  nl_mac_array_os_plain_4x4_s8s8_h96189a_pe u_pe2 (
    .clk(clk),
    .rst(rst),
    .run_i(run_i),
    .valid_i(valid1),
    .last_i(last1),
    .shift_i(shift1),
    .a_i(a1),
    .b_i(b_i[23:16]),
    .sum_i(sum_i[56:38]),
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
  wire [7:0] pe3_a_o_unused;
  nl_mac_array_os_plain_4x4_s8s8_h96189a_pe u_pe3 (
    .clk(clk),
    .rst(rst),
    .run_i(run_i),
    .valid_i(valid2),
    .last_i(last2),
    .shift_i(shift2),
    .a_i(a2),
    .b_i(b_i[31:24]),
    .sum_i(sum_i[75:57]),
    .valid_o(pe3_valid_o_unused),
    .last_o(pe3_last_o_unused),
    .shift_o(pe3_shift_o_unused),
    .a_o(pe3_a_o_unused),
    .b_o(b3),
    .sum_o(sum3)
  );

endmodule

`default_nettype wire

// nl_mac_array_os_plain_4x4_s8s8_h96189a
// block        mac_array: multiplies matrices on an array of multiply-accumulate elements
// computes     c[i][j] = sum over k of (a[i][k] - a_zero) * (b[k][j] - b_zero)
// config       defaults
// niello       0.1.0, config 9559b5024896189a
// tiles        2 x 2 of 8 steps
// last         ignored at the inputs: a frame is whole tiles by count
// accumulator  19 bits, exact: proven for -130048..=131072
// in  a_axis: 4 x 8 bits signed a beat, last is ignored: frames end by count
// in  b_axis: 4 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 4 x 19 bits signed a beat, with a last mark
`default_nettype none

module nl_mac_array_os_plain_4x4_s8s8_h96189a (
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
  output wire [75:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [2:0] k_tile_q;
  reg n_tile_q;
  reg m_tile_q;
  reg [7:0] a0_q;
  reg [7:0] a1_q;
  reg [7:0] a2_q;
  reg [7:0] a3_q;
  reg [7:0] b0_q;
  reg [7:0] b1_q;
  reg [7:0] b2_q;
  reg [7:0] b3_q;
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
  reg [7:0] a_in1_p1_q;
  reg [7:0] a_in2_p1_q;
  reg [7:0] a_in2_p2_q;
  reg [7:0] a_in3_p1_q;
  reg [7:0] a_in3_p2_q;
  reg [7:0] a_in3_p3_q;
  reg [7:0] b_in1_p1_q;
  reg [7:0] b_in2_p1_q;
  reg [7:0] b_in2_p2_q;
  reg [7:0] b_in3_p1_q;
  reg [7:0] b_in3_p2_q;
  reg [7:0] b_in3_p3_q;
  reg valid_row1_q;
  reg valid_row2_q;
  reg valid_row3_q;
  reg last_row1_q;
  reg last_row2_q;
  reg last_row3_q;
  reg [18:0] aligned0_p1_q;
  reg [18:0] aligned0_p2_q;
  reg [18:0] aligned0_p3_q;
  reg [18:0] aligned1_p1_q;
  reg [18:0] aligned1_p2_q;
  reg [18:0] aligned2_p1_q;
  reg aligned_p1_q;
  reg aligned_p2_q;
  reg aligned_p3_q;
  reg aligned_last_p1_q;
  reg aligned_last_p2_q;
  reg aligned_last_p3_q;
  wire [31:0] row0_b_o;
  wire [75:0] sums0;
  wire [31:0] row1_b_o;
  wire [75:0] sums1;
  wire [31:0] row2_b_o;
  wire [75:0] sums2;
  wire [75:0] sums3;

  wire run = ~aligned_p3_q | m_axis_tready;

  // a step takes a beat of both operands
  wire step_valid = a_axis_tvalid & b_axis_tvalid;
  wire step = run & step_valid;
  assign a_axis_tready = run & b_axis_tvalid;
  assign b_axis_tready = run & a_axis_tvalid;
  wire tile_end = k_tile_q == 3'd7;
  wire [2:0] k_tile_inc = k_tile_q + 3'd1;
  wire n_tile_last = n_tile_q == 1'd1;
  wire n_tile_inc = n_tile_q + 1'd1;
  wire m_tile_last = m_tile_q == 1'd1;
  wire m_tile_inc = m_tile_q + 1'd1;

  // operands: zero points off, padding to zero, as the elements take them
  wire step_last = step_valid & tile_end;

  // the rows of a finished tile, seen at the bottom of column 0
  wire draining = bottom_p4_q | (|row_q);
  wire last_row = row_q == 2'd3;
  wire [1:0] row_inc = row_q + 2'd1;

  // results
  assign m_axis_tdata = {sums3[75:57], aligned2_p1_q, aligned1_p2_q, aligned0_p3_q};

  // the array
  nl_mac_array_os_plain_4x4_s8s8_h96189a_row u_row0 (
    .clk(clk),
    .rst(rst),
    .run_i(run),
    .valid_i(valid_p1_q),
    .last_i(last_p1_q),
    .shift_i(1'd0),
    .a_i(a3_q),
    .b_i({b_in3_p3_q, b_in2_p2_q, b_in1_p1_q, b0_q}),
    .sum_i(76'h0),
    .b_o(row0_b_o),
    .sum_o(sums0)
  );

  // the array
  nl_mac_array_os_plain_4x4_s8s8_h96189a_row u_row1 (
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
  nl_mac_array_os_plain_4x4_s8s8_h96189a_row u_row2 (
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
  wire [31:0] row3_b_o_unused;
  nl_mac_array_os_plain_4x4_s8s8_h96189a_row u_row3 (
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
      k_tile_q <= 3'd0;
    end else if (step) begin
      k_tile_q <= k_tile_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      n_tile_q <= 1'd0;
    end else if (step & tile_end) begin
      n_tile_q <= n_tile_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      m_tile_q <= 1'd0;
    end else if ((step & tile_end) & n_tile_last) begin
      m_tile_q <= m_tile_inc;
    end
  end

  // operands: zero points off, padding to zero, as the elements take them
  always @(posedge clk) begin
    if (run) begin
      a0_q <= a_axis_tdata[7:0];
      a1_q <= a_axis_tdata[15:8];
      a2_q <= a_axis_tdata[23:16];
      a3_q <= a_axis_tdata[31:24];
      b0_q <= b_axis_tdata[7:0];
      b1_q <= b_axis_tdata[15:8];
      b2_q <= b_axis_tdata[23:16];
      b3_q <= b_axis_tdata[31:24];
      end_q <= n_tile_last & m_tile_last;
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
      aligned0_p1_q <= sums3[18:0];
      aligned0_p2_q <= aligned0_p1_q;
      aligned0_p3_q <= aligned0_p2_q;
      aligned1_p1_q <= sums3[37:19];
      aligned1_p2_q <= aligned1_p1_q;
      aligned2_p1_q <= sums3[56:38];
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
