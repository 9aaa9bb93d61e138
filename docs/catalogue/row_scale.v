// nl_row_scale_16x1_s16u16
// block     row_scale: multiplies the elements of each row by a number of the row
// computes  y[i] = a[i] b
// config    defaults
// niello    0.1.0, config f0fdcddb7c3ebdf0
// in  a_axis: 1 x 16 bits signed a beat, with a last mark
// in  b_axis: 1 x 16 bits unsigned a beat, last is ignored: frames end by count
// out m_axis: 1 x 32 bits signed a beat, with a last mark
`default_nettype none

module nl_row_scale_16x1_s16u16 (
  input  wire clk,
  input  wire rst,
  input  wire [15:0] a_axis_tdata,
  input  wire a_axis_tvalid,
  input  wire a_axis_tlast,
  output wire a_axis_tready,
  input  wire [15:0] b_axis_tdata,
  input  wire b_axis_tvalid,
  input  wire b_axis_tlast,
  output wire b_axis_tready,
  output wire [31:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg held_q;
  reg [15:0] number_q;
  reg [3:0] beat_q;
  reg waits_q;
  reg [15:0] next_q;
  reg [15:0] by_q;
  reg signed [15:0] element0_q;
  reg signed [31:0] product0_p1_q;
  reg signed [31:0] product0_p2_q;
  reg valid_p1_q;
  reg valid_p2_q;
  reg valid_p3_q;
  reg last_p1_q;
  reg last_p2_q;
  reg last_p3_q;

  // a row's number is held until its last beat is taken; the next one waits beside it
  wire run = ~valid_p3_q | m_axis_tready;
  wire take = (a_axis_tvalid & held_q) & run;
  assign a_axis_tready = held_q & run;
  wire ends = beat_q == 4'd15;
  wire [3:0] beat_inc = beat_q + 4'd1;
  wire free = ~held_q | (take & ends);
  wire moves = waits_q & free;
  wire b_axis_fire = b_axis_tvalid & ~waits_q;

  // products, with registers on both sides
  wire [16:0] product0_p1_prod_ext = {1'd0, by_q};
  wire signed [32:0] product0_p1_prod = $signed({{17{element0_q[15]}},
      element0_q}) * $signed({{16{product0_p1_prod_ext[16]}}, product0_p1_prod_ext});

  // a row's number is held until its last beat is taken; the next one waits beside it
  assign b_axis_tready = ~waits_q;

  assign m_axis_tdata = product0_p2_q;
  assign m_axis_tvalid = valid_p3_q;
  assign m_axis_tlast = last_p3_q;

  // a row's number is held until its last beat is taken; the next one waits beside it
  always @(posedge clk) begin
    if (rst) begin
      held_q <= 1'd0;
    end else if (free) begin
      held_q <= waits_q;
    end
  end

  always @(posedge clk) begin
    if (moves) begin
      number_q <= next_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      beat_q <= 4'd0;
    end else if (take) begin
      beat_q <= beat_inc;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      waits_q <= 1'd0;
    end else if (b_axis_fire | moves) begin
      waits_q <= b_axis_fire;
    end
  end

  always @(posedge clk) begin
    if (b_axis_fire) begin
      next_q <= b_axis_tdata;
    end
  end

  // products, with registers on both sides
  always @(posedge clk) begin
    if (run) begin
      by_q <= number_q;
      element0_q <= a_axis_tdata;
      product0_p1_q <= product0_p1_prod[31:0];
      product0_p2_q <= product0_p1_q;
      last_p1_q <= a_axis_tlast;
      last_p2_q <= last_p1_q;
      last_p3_q <= last_p2_q;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      valid_p1_q <= 1'd0;
      valid_p2_q <= 1'd0;
      valid_p3_q <= 1'd0;
    end else if (run) begin
      valid_p1_q <= take;
      valid_p2_q <= valid_p1_q;
      valid_p3_q <= valid_p2_q;
    end
  end

  wire unused_ok = &{1'b0, product0_p1_prod[32], b_axis_tlast};

endmodule

`default_nettype wire
