using System.Text.Json;

namespace MallVip.Silo.Import.Running;

/// <summary>Writes an <see cref="ImportSummary"/> for people or scripts.</summary>
internal static class SummaryWriter
{
    public static void Write(ImportSummary summary, bool json, TextWriter output)
    {
        if (json)
        {
            var compact = new JsonSerializerOptions(ImportJson.Default.Options) { WriteIndented = false };
            output.WriteLine(JsonSerializer.Serialize(summary, new ImportJson(compact).ImportSummary));
            return;
        }
        output.WriteLine($"rows read      {summary.Rows,12:N0}");
        output.WriteLine($"lines mapped   {summary.Mapped,12:N0}");
        output.WriteLine($"  accepted     {summary.Accepted,12:N0}");
        output.WriteLine($"  duplicate    {summary.Duplicate,12:N0}");
        output.WriteLine($"  rejected     {summary.RejectedLines,12:N0}");
        output.WriteLine($"rows skipped   {summary.SkippedRows,12:N0}");
        output.WriteLine($"rows rejected  {summary.RejectedRows,12:N0}");
        if (summary.ResumedAt > 0)
            output.WriteLine($"resumed at     {summary.ResumedAt,12:N0}");
        if (summary.RejectFile is { } file)
            output.WriteLine($"rejected rows are in {file}");
    }
}
