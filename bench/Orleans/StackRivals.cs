namespace MallVip.Bench;

/// <summary>Rivals that only this stack has.</summary>
internal static class StackRivals
{
    /// <summary>The folder with Orleans' scripts for PostgreSQL, which are the user's to supply.</summary>
    private const string Scripts = "MALLVIP_ORLEANS_SQL";

    public static async Task<IRival[]> OpenAsync(string connection, int members, TextWriter output)
    {
        if (Environment.GetEnvironmentVariable(Scripts) is { } folder)
            return [await TextbookRival.OpenAsync(connection, folder, members)];
        output.WriteLine($"the textbook grain needs Orleans' SQL scripts in {Scripts}: it is left out");
        return [];
    }
}
