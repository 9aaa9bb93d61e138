// Registers around <<= top =>>: for place and route only.
`default_nettype none
module <<= name =>> (
    input wire clk,
    input wire bit_i,
    output wire bit_o
);
    (* keep *) reg [<<= inputs - 1 =>>:0] shift_q;
    (* keep *) reg [<<= outputs - 1 =>>:0] mix_q;
    wire [<<= outputs - 1 =>>:0] seen;
<%- if used < outputs %>
    assign seen[<<= outputs - 1 =>>:<<= used =>>] = <<= outputs - used =>>'d0;
<%- endif %>
    always @(posedge clk) begin
        shift_q <= {shift_q[<<= inputs - 2 =>>:0], bit_i};
        mix_q <= {mix_q[<<= outputs - 2 =>>:0], mix_q[<<= outputs - 1 =>>]} ^ seen;
    end
    assign bit_o = mix_q[<<= outputs - 1 =>>];
    <<= top =>> dut (
<%- for c in connections %>
        <<= c =>><% if !loop.last %>,<% endif %>
<%- endfor %>
    );
endmodule
`default_nettype wire
