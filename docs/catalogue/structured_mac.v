// nl_structured_mac_4x64x16_2of4_h22f655
// block     structured_mac: multiplies matrices with weights of which so many of each group are kept
// computes  c[i][j] = sum over groups g and kept weights s of value[g][s][j] * a[i][of * g + position[g][s][j]]
// config    defaults
// niello    0.1.0, config 4817c57c7122f655
// in  a_axis: 8 x 8 bits signed a beat, last is ignored: frames end by count
// in  b_axis: 16 x 10 bits unsigned a beat, last is ignored: frames end by count
// out m_axis: 4 x 21 bits signed a beat, with a last mark
`default_nettype none

module nl_structured_mac_4x64x16_2of4_h22f655 (
  input  wire clk,
  input  wire rst,
  input  wire [63:0] a_axis_tdata,
  input  wire a_axis_tvalid,
  input  wire a_axis_tlast,
  output wire a_axis_tready,
  input  wire [159:0] b_axis_tdata,
  input  wire b_axis_tvalid,
  input  wire b_axis_tlast,
  output wire b_axis_tready,
  output wire [83:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [4:0] sums_taken_q;
  reg [2:0] step_q;
  reg [1:0] tile_q;
  reg [1:0] row_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg valid_p4_q;
  reg valid_p5_q;
  reg valid_p6_q;
  reg first_p1_q;
  reg first_p2_q;
  reg first_p3_q;
  reg first_p4_q;
  reg first_p5_q;
  reg first_p6_q;
  reg [63:0] a_q;
  reg [159:0] b_q;
  reg [7:0] selected0x0_q;
  reg [7:0] weight0x0_q;
  reg signed [15:0] product0x0_q;
  reg signed [15:0] term0x0_q;
  reg [7:0] selected0x1_q;
  reg [7:0] weight0x1_q;
  reg signed [15:0] product0x1_q;
  reg signed [15:0] term0x1_q;
  reg [7:0] selected0x2_q;
  reg [7:0] weight0x2_q;
  reg signed [15:0] product0x2_q;
  reg signed [15:0] term0x2_q;
  reg [7:0] selected0x3_q;
  reg [7:0] weight0x3_q;
  reg signed [15:0] product0x3_q;
  reg signed [15:0] term0x3_q;
  reg signed [16:0] terms0_l0x0_q;
  reg signed [16:0] terms0_l0x1_q;
  reg signed [17:0] terms0_l1x0_q;
  reg signed [20:0] sum0_q;
  reg [7:0] selected1x0_q;
  reg [7:0] weight1x0_q;
  reg signed [15:0] product1x0_q;
  reg signed [15:0] term1x0_q;
  reg [7:0] selected1x1_q;
  reg [7:0] weight1x1_q;
  reg signed [15:0] product1x1_q;
  reg signed [15:0] term1x1_q;
  reg [7:0] selected1x2_q;
  reg [7:0] weight1x2_q;
  reg signed [15:0] product1x2_q;
  reg signed [15:0] term1x2_q;
  reg [7:0] selected1x3_q;
  reg [7:0] weight1x3_q;
  reg signed [15:0] product1x3_q;
  reg signed [15:0] term1x3_q;
  reg signed [16:0] terms1_l0x0_q;
  reg signed [16:0] terms1_l0x1_q;
  reg signed [17:0] terms1_l1x0_q;
  reg signed [20:0] sum1_q;
  reg [7:0] selected2x0_q;
  reg [7:0] weight2x0_q;
  reg signed [15:0] product2x0_q;
  reg signed [15:0] term2x0_q;
  reg [7:0] selected2x1_q;
  reg [7:0] weight2x1_q;
  reg signed [15:0] product2x1_q;
  reg signed [15:0] term2x1_q;
  reg [7:0] selected2x2_q;
  reg [7:0] weight2x2_q;
  reg signed [15:0] product2x2_q;
  reg signed [15:0] term2x2_q;
  reg [7:0] selected2x3_q;
  reg [7:0] weight2x3_q;
  reg signed [15:0] product2x3_q;
  reg signed [15:0] term2x3_q;
  reg signed [16:0] terms2_l0x0_q;
  reg signed [16:0] terms2_l0x1_q;
  reg signed [17:0] terms2_l1x0_q;
  reg signed [20:0] sum2_q;
  reg [7:0] selected3x0_q;
  reg [7:0] weight3x0_q;
  reg signed [15:0] product3x0_q;
  reg signed [15:0] term3x0_q;
  reg [7:0] selected3x1_q;
  reg [7:0] weight3x1_q;
  reg signed [15:0] product3x1_q;
  reg signed [15:0] term3x1_q;
  reg [7:0] selected3x2_q;
  reg [7:0] weight3x2_q;
  reg signed [15:0] product3x2_q;
  reg signed [15:0] term3x2_q;
  reg [7:0] selected3x3_q;
  reg [7:0] weight3x3_q;
  reg signed [15:0] product3x3_q;
  reg signed [15:0] term3x3_q;
  reg signed [16:0] terms3_l0x0_q;
  reg signed [16:0] terms3_l0x1_q;
  reg signed [17:0] terms3_l1x0_q;
  reg signed [20:0] sum3_q;
  reg done_p1_q;
  reg done_p2_q;
  reg done_p3_q;
  reg done_p4_q;
  reg done_p5_q;
  reg done_p6_q;
  reg done_p7_q;
  reg done_last_p1_q;
  reg done_last_p2_q;
  reg done_last_p3_q;
  reg done_last_p4_q;
  reg done_last_p5_q;
  reg done_last_p6_q;
  reg done_last_p7_q;
  reg [4:0] sums_some_q;
  reg sums_first_valid_q;
  reg sums_read_valid_q;
  reg [3:0] sums_wr_q;
  reg [3:0] sums_rd_q;
  reg [84:0] sums_first_q;
  reg [84:0] sums_q;
  reg [84:0] sums [0:15];

  // beats meet, where a sum has a place
  wire [4:0] sums_taken_up = sums_taken_q + 5'd1;
  wire [4:0] sums_taken_down = sums_taken_q - 5'd1;
  wire step_last = step_q == 3'd7;
  wire [2:0] step_inc = step_q + 3'd1;
  wire room = ~(~(|step_q) & (sums_taken_q == 5'd16));
  wire go = (a_axis_tvalid & b_axis_tvalid) & room;
  wire tile_ends = go & step_last;
  wire tile_last = tile_q == 2'd3;
  wire [1:0] tile_inc = tile_q + 2'd1;
  wire row_ends = tile_ends & tile_last;
  wire row_last = row_q == 2'd3;
  wire [1:0] row_inc = row_q + 2'd1;
  assign a_axis_tready = b_axis_tvalid & room;
  assign b_axis_tready = a_axis_tvalid & room;
  wire tile_begins = go & ~(|step_q);

  // products of the activations that positions name, and their sums
  wire [9:0] selected0x0_bits_bits = b_q[9:0];
  wire [1:0] selected0x0_bits = selected0x0_bits_bits[9:8];
  reg [7:0] selected0x0_d;
  always @* begin
    case (selected0x0_bits)
      2'd0: selected0x0_d = a_q[7:0];
      2'd1: selected0x0_d = a_q[15:8];
      2'd2: selected0x0_d = a_q[23:16];
      default: selected0x0_d = a_q[31:24];
    endcase
  end
  wire signed [15:0] product0x0_d = $signed({{8{selected0x0_q[7]}},
      selected0x0_q}) * $signed({{8{weight0x0_q[7]}}, weight0x0_q});
  wire [9:0] selected0x1_bits_bits = b_q[19:10];
  wire [1:0] selected0x1_bits = selected0x1_bits_bits[9:8];
  reg [7:0] selected0x1_d;
  always @* begin
    case (selected0x1_bits)
      2'd0: selected0x1_d = a_q[7:0];
      2'd1: selected0x1_d = a_q[15:8];
      2'd2: selected0x1_d = a_q[23:16];
      default: selected0x1_d = a_q[31:24];
    endcase
  end
  wire signed [15:0] product0x1_d = $signed({{8{selected0x1_q[7]}},
      selected0x1_q}) * $signed({{8{weight0x1_q[7]}}, weight0x1_q});
  wire [9:0] selected0x2_bits_bits = b_q[29:20];
  wire [1:0] selected0x2_bits = selected0x2_bits_bits[9:8];
  reg [7:0] selected0x2_d;
  always @* begin
    case (selected0x2_bits)
      2'd0: selected0x2_d = a_q[39:32];
      2'd1: selected0x2_d = a_q[47:40];
      2'd2: selected0x2_d = a_q[55:48];
      default: selected0x2_d = a_q[63:56];
    endcase
  end
  wire signed [15:0] product0x2_d = $signed({{8{selected0x2_q[7]}},
      selected0x2_q}) * $signed({{8{weight0x2_q[7]}}, weight0x2_q});
  wire [9:0] selected0x3_bits_bits = b_q[39:30];
  wire [1:0] selected0x3_bits = selected0x3_bits_bits[9:8];
  reg [7:0] selected0x3_d;
  always @* begin
    case (selected0x3_bits)
      2'd0: selected0x3_d = a_q[39:32];
      2'd1: selected0x3_d = a_q[47:40];
      2'd2: selected0x3_d = a_q[55:48];
      default: selected0x3_d = a_q[63:56];
    endcase
  end
  wire signed [15:0] product0x3_d = $signed({{8{selected0x3_q[7]}},
      selected0x3_q}) * $signed({{8{weight0x3_q[7]}}, weight0x3_q});
  wire signed [16:0] terms0_l0x0_d = {term0x0_q[15], term0x0_q} + {term0x1_q[15], term0x1_q};
  wire signed [16:0] terms0_l0x1_d = {term0x2_q[15], term0x2_q} + {term0x3_q[15], term0x3_q};
  wire signed [17:0] terms0_l1x0_d = {terms0_l0x0_q[16], terms0_l0x0_q} + {terms0_l0x1_q[16], terms0_l0x1_q};
  wire signed [20:0] sum0_next = (first_p6_q ? 21'h0 : sum0_q) + {{3{terms0_l1x0_q[17]}}, terms0_l1x0_q};
  wire [9:0] selected1x0_bits_bits = b_q[49:40];
  wire [1:0] selected1x0_bits = selected1x0_bits_bits[9:8];
  reg [7:0] selected1x0_d;
  always @* begin
    case (selected1x0_bits)
      2'd0: selected1x0_d = a_q[7:0];
      2'd1: selected1x0_d = a_q[15:8];
      2'd2: selected1x0_d = a_q[23:16];
      default: selected1x0_d = a_q[31:24];
    endcase
  end
  wire signed [15:0] product1x0_d = $signed({{8{selected1x0_q[7]}},
      selected1x0_q}) * $signed({{8{weight1x0_q[7]}}, weight1x0_q});
  wire [9:0] selected1x1_bits_bits = b_q[59:50];
  wire [1:0] selected1x1_bits = selected1x1_bits_bits[9:8];
  reg [7:0] selected1x1_d;
  always @* begin
    case (selected1x1_bits)
      2'd0: selected1x1_d = a_q[7:0];
      2'd1: selected1x1_d = a_q[15:8];
      2'd2: selected1x1_d = a_q[23:16];
      default: selected1x1_d = a_q[31:24];
    endcase
  end
  wire signed [15:0] product1x1_d = $signed({{8{selected1x1_q[7]}},
      selected1x1_q}) * $signed({{8{weight1x1_q[7]}}, weight1x1_q});
  wire [9:0] selected1x2_bits_bits = b_q[69:60];
  wire [1:0] selected1x2_bits = selected1x2_bits_bits[9:8];
  reg [7:0] selected1x2_d;
  always @* begin
    case (selected1x2_bits)
      2'd0: selected1x2_d = a_q[39:32];
      2'd1: selected1x2_d = a_q[47:40];
      2'd2: selected1x2_d = a_q[55:48];
      default: selected1x2_d = a_q[63:56];
    endcase
  end
  wire signed [15:0] product1x2_d = $signed({{8{selected1x2_q[7]}},
      selected1x2_q}) * $signed({{8{weight1x2_q[7]}}, weight1x2_q});
  wire [9:0] selected1x3_bits_bits = b_q[79:70];
  wire [1:0] selected1x3_bits = selected1x3_bits_bits[9:8];
  reg [7:0] selected1x3_d;
  always @* begin
    case (selected1x3_bits)
      2'd0: selected1x3_d = a_q[39:32];
      2'd1: selected1x3_d = a_q[47:40];
      2'd2: selected1x3_d = a_q[55:48];
      default: selected1x3_d = a_q[63:56];
    endcase
  end
  wire signed [15:0] product1x3_d = $signed({{8{selected1x3_q[7]}},
      selected1x3_q}) * $signed({{8{weight1x3_q[7]}}, weight1x3_q});
  wire signed [16:0] terms1_l0x0_d = {term1x0_q[15], term1x0_q} + {term1x1_q[15], term1x1_q};
  wire signed [16:0] terms1_l0x1_d = {term1x2_q[15], term1x2_q} + {term1x3_q[15], term1x3_q};
  wire signed [17:0] terms1_l1x0_d = {terms1_l0x0_q[16], terms1_l0x0_q} + {terms1_l0x1_q[16], terms1_l0x1_q};
  wire signed [20:0] sum1_next = (first_p6_q ? 21'h0 : sum1_q) + {{3{terms1_l1x0_q[17]}}, terms1_l1x0_q};
  wire [9:0] selected2x0_bits_bits = b_q[89:80];
  wire [1:0] selected2x0_bits = selected2x0_bits_bits[9:8];
  reg [7:0] selected2x0_d;
  always @* begin
    case (selected2x0_bits)
      2'd0: selected2x0_d = a_q[7:0];
      2'd1: selected2x0_d = a_q[15:8];
      2'd2: selected2x0_d = a_q[23:16];
      default: selected2x0_d = a_q[31:24];
    endcase
  end
  wire signed [15:0] product2x0_d = $signed({{8{selected2x0_q[7]}},
      selected2x0_q}) * $signed({{8{weight2x0_q[7]}}, weight2x0_q});
  wire [9:0] selected2x1_bits_bits = b_q[99:90];
  wire [1:0] selected2x1_bits = selected2x1_bits_bits[9:8];
  reg [7:0] selected2x1_d;
  always @* begin
    case (selected2x1_bits)
      2'd0: selected2x1_d = a_q[7:0];
      2'd1: selected2x1_d = a_q[15:8];
      2'd2: selected2x1_d = a_q[23:16];
      default: selected2x1_d = a_q[31:24];
    endcase
  end
  wire signed [15:0] product2x1_d = $signed({{8{selected2x1_q[7]}},
      selected2x1_q}) * $signed({{8{weight2x1_q[7]}}, weight2x1_q});
  wire [9:0] selected2x2_bits_bits = b_q[109:100];
  wire [1:0] selected2x2_bits = selected2x2_bits_bits[9:8];
  reg [7:0] selected2x2_d;
  always @* begin
    case (selected2x2_bits)
      2'd0: selected2x2_d = a_q[39:32];
      2'd1: selected2x2_d = a_q[47:40];
      2'd2: selected2x2_d = a_q[55:48];
      default: selected2x2_d = a_q[63:56];
    endcase
  end
  wire signed [15:0] product2x2_d = $signed({{8{selected2x2_q[7]}},
      selected2x2_q}) * $signed({{8{weight2x2_q[7]}}, weight2x2_q});
  wire [9:0] selected2x3_bits_bits = b_q[119:110];
  wire [1:0] selected2x3_bits = selected2x3_bits_bits[9:8];
  reg [7:0] selected2x3_d;
  always @* begin
    case (selected2x3_bits)
      2'd0: selected2x3_d = a_q[39:32];
      2'd1: selected2x3_d = a_q[47:40];
      2'd2: selected2x3_d = a_q[55:48];
      default: selected2x3_d = a_q[63:56];
    endcase
  end
  wire signed [15:0] product2x3_d = $signed({{8{selected2x3_q[7]}},
      selected2x3_q}) * $signed({{8{weight2x3_q[7]}}, weight2x3_q});
  wire signed [16:0] terms2_l0x0_d = {term2x0_q[15], term2x0_q} + {term2x1_q[15], term2x1_q};
  wire signed [16:0] terms2_l0x1_d = {term2x2_q[15], term2x2_q} + {term2x3_q[15], term2x3_q};
  wire signed [17:0] terms2_l1x0_d = {terms2_l0x0_q[16], terms2_l0x0_q} + {terms2_l0x1_q[16], terms2_l0x1_q};
  wire signed [20:0] sum2_next = (first_p6_q ? 21'h0 : sum2_q) + {{3{terms2_l1x0_q[17]}}, terms2_l1x0_q};
  wire [9:0] selected3x0_bits_bits = b_q[129:120];
  wire [1:0] selected3x0_bits = selected3x0_bits_bits[9:8];
  reg [7:0] selected3x0_d;
  always @* begin
    case (selected3x0_bits)
      2'd0: selected3x0_d = a_q[7:0];
      2'd1: selected3x0_d = a_q[15:8];
      2'd2: selected3x0_d = a_q[23:16];
      default: selected3x0_d = a_q[31:24];
    endcase
  end
  wire signed [15:0] product3x0_d = $signed({{8{selected3x0_q[7]}},
      selected3x0_q}) * $signed({{8{weight3x0_q[7]}}, weight3x0_q});
  wire [9:0] selected3x1_bits_bits = b_q[139:130];
  wire [1:0] selected3x1_bits = selected3x1_bits_bits[9:8];
  reg [7:0] selected3x1_d;
  always @* begin
    case (selected3x1_bits)
      2'd0: selected3x1_d = a_q[7:0];
      2'd1: selected3x1_d = a_q[15:8];
      2'd2: selected3x1_d = a_q[23:16];
      default: selected3x1_d = a_q[31:24];
    endcase
  end
  wire signed [15:0] product3x1_d = $signed({{8{selected3x1_q[7]}},
      selected3x1_q}) * $signed({{8{weight3x1_q[7]}}, weight3x1_q});
  wire [9:0] selected3x2_bits_bits = b_q[149:140];
  wire [1:0] selected3x2_bits = selected3x2_bits_bits[9:8];
  reg [7:0] selected3x2_d;
  always @* begin
    case (selected3x2_bits)
      2'd0: selected3x2_d = a_q[39:32];
      2'd1: selected3x2_d = a_q[47:40];
      2'd2: selected3x2_d = a_q[55:48];
      default: selected3x2_d = a_q[63:56];
    endcase
  end
  wire signed [15:0] product3x2_d = $signed({{8{selected3x2_q[7]}},
      selected3x2_q}) * $signed({{8{weight3x2_q[7]}}, weight3x2_q});
  wire [9:0] selected3x3_bits_bits = b_q[159:150];
  wire [1:0] selected3x3_bits = selected3x3_bits_bits[9:8];
  reg [7:0] selected3x3_d;
  always @* begin
    case (selected3x3_bits)
      2'd0: selected3x3_d = a_q[39:32];
      2'd1: selected3x3_d = a_q[47:40];
      2'd2: selected3x3_d = a_q[55:48];
      default: selected3x3_d = a_q[63:56];
    endcase
  end
  wire signed [15:0] product3x3_d = $signed({{8{selected3x3_q[7]}},
      selected3x3_q}) * $signed({{8{weight3x3_q[7]}}, weight3x3_q});
  wire signed [16:0] terms3_l0x0_d = {term3x0_q[15], term3x0_q} + {term3x1_q[15], term3x1_q};
  wire signed [16:0] terms3_l0x1_d = {term3x2_q[15], term3x2_q} + {term3x3_q[15], term3x3_q};
  wire signed [17:0] terms3_l1x0_d = {terms3_l0x0_q[16], terms3_l0x0_q} + {terms3_l0x1_q[16], terms3_l0x1_q};
  wire signed [20:0] sum3_next = (first_p6_q ? 21'h0 : sum3_q) + {{3{terms3_l1x0_q[17]}}, terms3_l1x0_q};

  // sums that are done
  wire [4:0] sums_some_up = sums_some_q + 5'd1;
  wire [4:0] sums_some_down = sums_some_q - 5'd1;
  wire sums_first_free = ~sums_first_valid_q | m_axis_tready;
  wire sums_read_free = ~sums_read_valid_q | sums_first_free;
  wire sums_fetch = sums_read_free & (|sums_some_q);
  wire [3:0] sums_wr_inc = sums_wr_q + 4'd1;
  wire [3:0] sums_rd_inc = sums_rd_q + 4'd1;
  assign m_axis_tdata = sums_first_q[83:0];
  assign m_axis_tlast = sums_first_q[84];

  // sums that are done
  always @(posedge clk) if (done_p7_q) begin
    sums[sums_wr_q] <= {done_last_p7_q, {sum3_q, sum2_q, sum1_q, sum0_q}};
  end
  always @(posedge clk) if (sums_fetch) begin
    sums_q <= sums[sums_rd_q];
  end

  assign m_axis_tvalid = sums_first_valid_q;

  // beats meet, where a sum has a place
  always @(posedge clk) begin
    if (rst) begin
      sums_taken_q <= 5'd0;
    end else if (tile_begins ^ sums_fetch) begin
      sums_taken_q <= tile_begins ? sums_taken_up : sums_taken_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      step_q <= 3'd0;
    end else if (go) begin
      step_q <= step_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      tile_q <= 2'd0;
    end else if (tile_ends) begin
      tile_q <= tile_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      row_q <= 2'd0;
    end else if (row_ends) begin
      row_q <= row_inc;
    end
  end

  // products of the activations that positions name, and their sums
  always @(posedge clk) begin
    if (rst) begin
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
      valid_p4_q <= 1'd0;
      valid_p5_q <= 1'd0;
      valid_p6_q <= 1'd0;
    end else begin
      valid_p1_q <= go;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
      valid_p4_q <= valid_p3_q;
      valid_p5_q <= valid_p4_q;
      valid_p6_q <= valid_p5_q;
    end
  end

  always @(posedge clk) begin
    first_p1_q <= ~(|step_q);
    first_p2_q <= first_p1_q;
    first_p3_q <= first_p2_q;
    first_p4_q <= first_p3_q;
    first_p5_q <= first_p4_q;
    first_p6_q <= first_p5_q;
    a_q <= a_axis_tdata;
    b_q <= b_axis_tdata;
    selected0x0_q <= selected0x0_d;
    weight0x0_q <= b_q[7:0];
    product0x0_q <= product0x0_d;
    term0x0_q <= product0x0_q;
    selected0x1_q <= selected0x1_d;
    weight0x1_q <= b_q[17:10];
    product0x1_q <= product0x1_d;
    term0x1_q <= product0x1_q;
    selected0x2_q <= selected0x2_d;
    weight0x2_q <= b_q[27:20];
    product0x2_q <= product0x2_d;
    term0x2_q <= product0x2_q;
    selected0x3_q <= selected0x3_d;
    weight0x3_q <= b_q[37:30];
    product0x3_q <= product0x3_d;
    term0x3_q <= product0x3_q;
    terms0_l0x0_q <= terms0_l0x0_d;
    terms0_l0x1_q <= terms0_l0x1_d;
    terms0_l1x0_q <= terms0_l1x0_d;
    selected1x0_q <= selected1x0_d;
    weight1x0_q <= b_q[47:40];
    product1x0_q <= product1x0_d;
    term1x0_q <= product1x0_q;
    selected1x1_q <= selected1x1_d;
    weight1x1_q <= b_q[57:50];
    product1x1_q <= product1x1_d;
    term1x1_q <= product1x1_q;
    selected1x2_q <= selected1x2_d;
    weight1x2_q <= b_q[67:60];
    product1x2_q <= product1x2_d;
    term1x2_q <= product1x2_q;
    selected1x3_q <= selected1x3_d;
    weight1x3_q <= b_q[77:70];
    product1x3_q <= product1x3_d;
    term1x3_q <= product1x3_q;
    terms1_l0x0_q <= terms1_l0x0_d;
    terms1_l0x1_q <= terms1_l0x1_d;
    terms1_l1x0_q <= terms1_l1x0_d;
    selected2x0_q <= selected2x0_d;
    weight2x0_q <= b_q[87:80];
    product2x0_q <= product2x0_d;
    term2x0_q <= product2x0_q;
    selected2x1_q <= selected2x1_d;
    weight2x1_q <= b_q[97:90];
    product2x1_q <= product2x1_d;
    term2x1_q <= product2x1_q;
    selected2x2_q <= selected2x2_d;
    weight2x2_q <= b_q[107:100];
    product2x2_q <= product2x2_d;
    term2x2_q <= product2x2_q;
    selected2x3_q <= selected2x3_d;
    weight2x3_q <= b_q[117:110];
    product2x3_q <= product2x3_d;
    term2x3_q <= product2x3_q;
    terms2_l0x0_q <= terms2_l0x0_d;
    terms2_l0x1_q <= terms2_l0x1_d;
    terms2_l1x0_q <= terms2_l1x0_d;
    selected3x0_q <= selected3x0_d;
    weight3x0_q <= b_q[127:120];
    product3x0_q <= product3x0_d;
    term3x0_q <= product3x0_q;
    selected3x1_q <= selected3x1_d;
    weight3x1_q <= b_q[137:130];
    product3x1_q <= product3x1_d;
    term3x1_q <= product3x1_q;
    selected3x2_q <= selected3x2_d;
    weight3x2_q <= b_q[147:140];
    product3x2_q <= product3x2_d;
    term3x2_q <= product3x2_q;
    selected3x3_q <= selected3x3_d;
    weight3x3_q <= b_q[157:150];
    product3x3_q <= product3x3_d;
    term3x3_q <= product3x3_q;
    terms3_l0x0_q <= terms3_l0x0_d;
    terms3_l0x1_q <= terms3_l0x1_d;
    terms3_l1x0_q <= terms3_l1x0_d;
  end

  always @(posedge clk) begin
    if (valid_p6_q) begin
      sum0_q <= sum0_next;
      sum1_q <= sum1_next;
      sum2_q <= sum2_next;
      sum3_q <= sum3_next;
    end
  end

  // sums that are done
  always @(posedge clk) begin
    if (rst) begin
      done_p1_q <= 1'd0;
      done_p2_q <= 1'd0;
      done_p3_q <= 1'd0;
      done_p4_q <= 1'd0;
      done_p5_q <= 1'd0;
      done_p6_q <= 1'd0;
      done_p7_q <= 1'd0;
    end else begin
      done_p1_q <= tile_ends;
      done_p2_q <= done_p1_q;
      done_p3_q <= done_p2_q;
      done_p4_q <= done_p3_q;
      done_p5_q <= done_p4_q;
      done_p6_q <= done_p5_q;
      done_p7_q <= done_p6_q;
    end
  end

  always @(posedge clk) begin
    done_last_p1_q <= row_ends & row_last;
    done_last_p2_q <= done_last_p1_q;
    done_last_p3_q <= done_last_p2_q;
    done_last_p4_q <= done_last_p3_q;
    done_last_p5_q <= done_last_p4_q;
    done_last_p6_q <= done_last_p5_q;
    done_last_p7_q <= done_last_p6_q;
  end

  always @(posedge clk) begin
    if (rst) begin
      sums_some_q <= 5'd0;
    end else if (done_p7_q ^ sums_fetch) begin
      sums_some_q <= done_p7_q ? sums_some_up : sums_some_down;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      sums_first_valid_q <= 1'd0;
    end else if (sums_first_free) begin
      sums_first_valid_q <= sums_read_valid_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      sums_read_valid_q <= 1'd0;
    end else if (sums_read_free) begin
      sums_read_valid_q <= |sums_some_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      sums_wr_q <= 4'd0;
    end else if (done_p7_q) begin
      sums_wr_q <= sums_wr_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      sums_rd_q <= 4'd0;
    end else if (sums_fetch) begin
      sums_rd_q <= sums_rd_inc;
    end
  end

  always @(posedge clk) begin
    if (sums_first_free) begin
      sums_first_q <= sums_q;
    end
  end

  wire unused_ok = &{1'b0, selected3x3_bits_bits[7:0], selected3x2_bits_bits[7:0], selected3x1_bits_bits[7:0],
      selected3x0_bits_bits[7:0], selected2x3_bits_bits[7:0], selected2x2_bits_bits[7:0],
      selected2x1_bits_bits[7:0], selected2x0_bits_bits[7:0], selected1x3_bits_bits[7:0],
      selected1x2_bits_bits[7:0], selected1x1_bits_bits[7:0], selected1x0_bits_bits[7:0],
      selected0x3_bits_bits[7:0], selected0x2_bits_bits[7:0], selected0x1_bits_bits[7:0],
      selected0x0_bits_bits[7:0], b_axis_tlast, a_axis_tlast};

endmodule

`default_nettype wire
