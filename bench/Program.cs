using MallVip.Bench;

return args switch
{
    ["runtime", .. var rest] => await RuntimeBench.RunAsync(rest),
    _ => 2,
};
