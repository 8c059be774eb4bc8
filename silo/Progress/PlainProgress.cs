namespace MallVip.Silo.Progress;

/// <summary>A line for each tenth, for logs and pipes.</summary>
internal sealed class PlainProgress(TextWriter output) : IProgressBoard
{
    private string _stage = "";
    private long _total;
    private long _tenth;

    public void Begin(string stage, long total)
    {
        (_stage, _total, _tenth) = (stage, Math.Max(1, total), 0);
        output.WriteLine($"{stage} ...");
    }

    public void Report(long done)
    {
        var tenth = Math.Min(10, done * 10 / _total);
        if (tenth <= _tenth)
            return;
        _tenth = tenth;
        output.WriteLine($"{_stage} {tenth * 10} %");
    }
}
