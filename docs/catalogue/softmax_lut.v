// nl_softmax_lut_10_h33d310_exponentials
// block  rom: 256 words of 31 bits, read latency 1
`default_nettype none

`ifndef NL_MEM_DIR
`define NL_MEM_DIR "./"
`endif

module nl_softmax_lut_10_h33d310_exponentials (
  input  wire clk,
  input  wire en_i,
  input  wire [7:0] addr_i,
  output wire [30:0] data_o
);

  reg [30:0] mem_q;
  reg [30:0] mem [0:255];
  initial $readmemh({`NL_MEM_DIR, "nl_softmax_lut_10_h33d310_exponentials.mem"}, mem);

  always @(posedge clk) if (en_i) begin
    mem_q <= mem[addr_i];
  end

  assign data_o = mem_q;

endmodule

`default_nettype wire

// nl_softmax_lut_10_h33d310
// block     softmax_lut: computes TFLite's int8 softmax of a row
// computes  y[i] = 256 exp(b x[i]) / sum over k of exp(b x[k]) - 128, in gemmlowp's fixed point
// config    defaults
// niello    0.1.0, config adece3650a33d310
// table     256 exponentials of 31 bits, 34 of them zero
// last      ignored at the input: a frame is a row by count
// in  s_axis: 1 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 1 x 8 bits signed a beat, with a last mark
`default_nettype none

module nl_softmax_lut_10_h33d310 (
  input  wire clk,
  input  wire rst,
  input  wire [7:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [7:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg hold_q;
  reg full0_q;
  reg full1_q;
  reg write_half_q;
  reg [3:0] write_beat_q;
  reg read_half_q;
  reg [3:0] beat_q;
  reg [1:0] pass_q;
  reg some1_q;
  reg [1:0] pass1_q;
  reg first1_q;
  reg last1_q;
  reg some2_q;
  reg [1:0] pass2_q;
  reg first2_q;
  reg last2_q;
  reg signed [7:0] max_q;
  reg [27:0] sum_q;
  reg norm_q;
  reg [3:0] octave_q;
  reg [30:0] half_q;
  reg busy_q;
  reg [1:0] phase_q;
  reg [2:0] step_q;
  reg signed [31:0] inverse_q;
  reg signed [31:0] missing_q;
  reg signed [31:0] factor_a_q;
  reg signed [31:0] factor_b_q;
  reg signed [63:0] product_q;
  reg [7:0] code_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg end_p1_q;
  reg end_p2_q;
  reg end_p3_q;
  wire [30:0] exponentials_data_o;
  reg [7:0] vectors_q;
  reg [7:0] vectors [0:19];

  // everything moves as one, unless results wait at the end; the third pass waits for the reciprocal
  wire run = ~valid_p3_q | m_axis_tready;

  // write side: fills the half of the buffer that is not full
  wire s_axis_fire = s_axis_tvalid & ~(write_half_q ? full1_q : full0_q);
  wire write_beat_last = write_beat_q == 4'd9;
  wire [3:0] write_beat_inc = write_beat_q + 4'd1;
  wire filled = s_axis_fire & write_beat_last;

  // read side: every beat of the full half, once for each pass
  wire some = read_half_q ? full1_q : full0_q;
  wire step = (run & ~hold_q) & some;
  wire first_beat = beat_q == 4'd0;
  wire last_beat = beat_q == 4'd9;
  wire pass_last = pass_q == 2'd2;
  wire [1:0] pass_inc = pass_q + 2'd1;
  wire last_step = last_beat & pass_last;
  wire beat_last = beat_q == 4'd9;
  wire [3:0] beat_inc = beat_q + 4'd1;
  wire emptied = step & last_step;

  // the buffer
  wire [4:0] address = (write_half_q ? 5'd10 : 5'd0) + {1'd0, write_beat_q};
  wire [4:0] address_l1 = (read_half_q ? 5'd10 : 5'd0) + {1'd0, beat_q};

  // the largest code of the row, and how far each lies below it
  wire signed [7:0] x = vectors_q;
  wire larger = first1_q | (max_q < x);
  wire [7:0] below = max_q - x;

  // their sum, without the low bits
  wire [31:0] share_sum = {1'd0, exponentials_data_o} + 32'h800;
  wire [19:0] share = share_sum[31:12];
  wire [27:0] sum_d = (first2_q ? 28'h0 : sum_q) + {8'd0, share};
  wire sum_ready = (some2_q & (pass2_q == 2'd1)) & last2_q;

  // the sum as a fraction: its leading one stands at bit 19 + octave
  wire [3:0] octave_d = sum_q[27] ? 4'd8 : ((|(sum_q[27:26])) ? 4'd7 : ((|(sum_q[27:25])) ? 4'd6 :
      ((|(sum_q[27:24])) ? 4'd5 : ((|(sum_q[27:23])) ? 4'd4 : ((|(sum_q[27:22])) ? 4'd3 : ((|(sum_q[27:21])) ?
      4'd2 : ((|(sum_q[27:20])) ? 4'd1 : 4'd0)))))));
  wire [38:0] half_shr = {sum_q, 11'd0} >> octave_d;

  // Newton's steps: half a sum times x, x times what is missing
  wire go = run & busy_q;
  wire phase_last = phase_q == 2'd2;
  wire [1:0] phase_inc = phase_q + 2'd1;
  wire step_last = step_q == 3'd6;
  wire [2:0] step_inc = step_q + 3'd1;
  wire done = (busy_q & phase_last) & step_last;
  wire inverse_eq = step_q == 3'd0;
  wire half_times_inverse = step_q[0];
  wire [32:0] twice = {inverse_q, 1'd0};
  wire signed [63:0] product_d = $signed({{32{factor_a_q[31]}}, factor_a_q}) * $signed({{32{factor_b_q[31]}},
      factor_b_q});
  wire signed [64:0] high_sum = {product_q[63], product_q} + 65'h40000000;
  wire signed [33:0] high = high_sum[64:31];
  wire write = go & phase_last;
  wire signed [31:0] missing_d = 32'h20000000 - high[31:0];
  wire signed [35:0] inverse_sum_cat = {high, 2'd0};
  wire signed [31:0] inverse_sum = 32'h5a5a5a5a + high[31:0];
  wire signed [31:0] inverse_sum_l1 = inverse_q + ((inverse_sum_cat < -36'sd2147483648) ? 32'h80000000 :
      ((inverse_sum_cat > 36'sd2147483647) ? 32'h7fffffff : inverse_sum_cat[31:0]));

  // results: rounded twice, as the kernel does it
  wire [64:0] value_sum = {1'd0, product_q} + 65'h40000000;
  wire [31:0] value = value_sum[62:31];
  wire [30:0] half_a_code = 31'h400000 << octave_q;
  wire [32:0] rounded_sum = {1'd0, value} + {2'd0, half_a_code};
  wire [9:0] rounded = rounded_sum[32:23] >> octave_q;

  // the buffer
  always @(posedge clk) if (s_axis_fire) begin
    vectors[address] <= s_axis_tdata;
  end
  always @(posedge clk) if (step) begin
    vectors_q <= vectors[address_l1];
  end

  // the largest code of the row, and how far each lies below it
  nl_softmax_lut_10_h33d310_exponentials u_exponentials (
    .clk(clk),
    .en_i(run),
    .addr_i(below),
    .data_o(exponentials_data_o)
  );

  // write side: fills the half of the buffer that is not full
  assign s_axis_tready = ~(write_half_q ? full1_q : full0_q);

  assign m_axis_tdata = code_q;
  assign m_axis_tvalid = valid_p3_q;
  assign m_axis_tlast = end_p3_q;

  // everything moves as one, unless results wait at the end; the third pass waits for the reciprocal
  always @(posedge clk) begin
    if (rst) begin
      hold_q <= 1'd0;
    end else if (run) begin
      hold_q <= ((step & last_beat) & (pass_q == 2'd1)) | (hold_q & ~done);
    end
  end

  // write side: fills the half of the buffer that is not full
  always @(posedge clk) begin
    if (rst) begin
      full0_q <= 1'd0;
      full1_q <= 1'd0;
    end else begin
      full0_q <= (filled & ~write_half_q) | (full0_q & ~(emptied & ~read_half_q));
      full1_q <= (filled & write_half_q) | (full1_q & ~(emptied & read_half_q));
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      write_half_q <= 1'd0;
    end else if (filled) begin
      write_half_q <= ~write_half_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      write_beat_q <= 4'd0;
    end else if (s_axis_fire) begin
      write_beat_q <= write_beat_last ? 4'd0 : write_beat_inc;
    end
  end

  // read side: every beat of the full half, once for each pass
  always @(posedge clk) begin
    if (rst) begin
      read_half_q <= 1'd0;
    end else if (emptied) begin
      read_half_q <= ~read_half_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 4'd0;
    end else if (step) begin
      beat_q <= beat_last ? 4'd0 : beat_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      pass_q <= 2'd0;
    end else if (step & last_beat) begin
      pass_q <= pass_last ? 2'd0 : pass_inc;
    end
  end

  // the buffer
  always @(posedge clk) begin
    if (rst) begin
      some1_q <= 1'd0;
      some2_q <= 1'd0;
    end else if (run) begin
      some1_q <= some & ~hold_q;
      some2_q <= some1_q;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      pass1_q <= pass_q;
      first1_q <= first_beat;
      last1_q <= last_beat;
      pass2_q <= pass1_q;
      first2_q <= first1_q;
      last2_q <= last1_q;
    end
  end

  // the largest code of the row, and how far each lies below it
  always @(posedge clk) begin
    if (((run & some1_q) & (pass1_q == 2'd0)) & larger) begin
      max_q <= x;
    end
  end

  // their sum, without the low bits
  always @(posedge clk) begin
    if ((run & some2_q) & (pass2_q == 2'd1)) begin
      sum_q <= sum_d;
    end
  end

  // the sum as a fraction: its leading one stands at bit 19 + octave
  always @(posedge clk) begin
    if (rst) begin
      norm_q <= 1'd0;
    end else if (run) begin
      norm_q <= sum_ready;
    end
  end

  always @(posedge clk) begin
    if (run & norm_q) begin
      octave_q <= octave_d;
    end
  end

  always @(posedge clk) begin
    if (run & norm_q) begin
      half_q <= half_shr[30:0];
    end
  end

  // Newton's steps: half a sum times x, x times what is missing
  always @(posedge clk) begin
    if (rst) begin
      busy_q <= 1'd0;
    end else if (run) begin
      busy_q <= norm_q | (busy_q & ~done);
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      phase_q <= 2'd0;
    end else if (go) begin
      phase_q <= phase_last ? 2'd0 : phase_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      step_q <= 3'd0;
    end else if (go & phase_last) begin
      step_q <= step_last ? 3'd0 : step_inc;
    end
  end

  always @(posedge clk) begin
    if (write & ~half_times_inverse) begin
      inverse_q <= inverse_eq ? inverse_sum : inverse_sum_l1;
    end
  end

  always @(posedge clk) begin
    if (write & half_times_inverse) begin
      missing_q <= missing_d;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      factor_a_q <= busy_q ? ((inverse_eq | half_times_inverse) ? {1'd0, half_q} : inverse_q) : {1'd0,
      twice[31] ? 31'h7fffffff : twice[30:0]};
      factor_b_q <= busy_q ? (inverse_eq ? 32'hc3c3c3c4 : (half_times_inverse ? inverse_q : missing_q)) :
      {1'd0, exponentials_data_o};
      product_q <= product_d;
    end
  end

  // results: rounded twice, as the kernel does it
  always @(posedge clk) begin
    if (run) begin
      code_q <= ((|(rounded[9:8])) ? 8'd255 : rounded[7:0]) ^ 8'd128;
      end_p1_q <= last2_q;
      end_p2_q <= end_p1_q;
      end_p3_q <= end_p2_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
    end else if (run) begin
      valid_p1_q <= some2_q & (pass2_q == 2'd2);
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
    end
  end

  wire unused_ok = &{1'b0, rounded_sum[22:0], value_sum[64:63], value_sum[30:0], high_sum[30:0], twice[32],
      half_shr[38:31], share_sum[11:0], s_axis_tlast};

endmodule

`default_nettype wire
