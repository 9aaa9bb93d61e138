// nl_eltwise_add_s8s8x2_h9916a8
// block     eltwise: adds, multiplies or compares two streams, element by element
// computes  y[i] = (a[i] - a_zero) + or * or max or min (b[i] - b_zero)
// config    defaults
// niello    0.1.0, config 5eeca35a649916a8
// result    9 bits, -256..=254
// in  a_axis: 2 x 8 bits signed a beat, with a last mark
// in  b_axis: 2 x 8 bits signed a beat, last is ignored: frames end by count
// out m_axis: 2 x 9 bits signed a beat, with a last mark
`default_nettype none

module nl_eltwise_add_s8s8x2_h9916a8 (
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
  output wire [17:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg valid_q;
  reg [17:0] results_q;
  reg end_q;

  // a beat of both operands at once
  wire run = ~valid_q | m_axis_tready;
  wire both = a_axis_tvalid & b_axis_tvalid;
  assign a_axis_tready = run & b_axis_tvalid;
  assign b_axis_tready = run & a_axis_tvalid;

  // results, registered
  wire [7:0] x = a_axis_tdata[7:0];
  wire [7:0] y = b_axis_tdata[7:0];
  wire signed [8:0] result0 = {x[7], x} + {y[7], y};
  wire [7:0] x_l1 = a_axis_tdata[15:8];
  wire [7:0] y_l1 = b_axis_tdata[15:8];
  wire signed [8:0] result1 = {x_l1[7], x_l1} + {y_l1[7], y_l1};

  assign m_axis_tdata = results_q;
  assign m_axis_tvalid = valid_q;
  assign m_axis_tlast = end_q;

  // results, registered
  always @(posedge clk) begin
    if (rst) begin
      valid_q <= 1'd0;
    end else if (run) begin
      valid_q <= both;
    end
  end

  always @(posedge clk) begin
    if (run) begin
      results_q <= {result1, result0};
      end_q <= a_axis_tlast;
    end
  end

  wire unused_ok = &{1'b0, b_axis_tlast};

endmodule

`default_nettype wire
