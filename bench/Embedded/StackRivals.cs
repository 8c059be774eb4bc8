namespace MallVip.Bench;

/// <summary>Rivals that only this stack has.</summary>
internal static class StackRivals
{
    public static Task<IRival[]> OpenAsync(string connection, int members, TextWriter output)
    {
        _ = (connection, members);
        output.WriteLine("the textbook grain needs Stack=Orleans: it is left out");
        return Task.FromResult<IRival[]>([]);
    }
}
