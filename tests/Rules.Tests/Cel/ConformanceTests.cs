using System.Globalization;
using System.Text.Json;
using MallVip.Rules.Cel;
using Xunit.Abstractions;

namespace MallVip.Rules.Tests.Cel;

public class ConformanceTests(ITestOutputHelper output)
{
    [ConformanceFact]
    public void Every_vector_of_the_language_definition_gives_its_value_or_its_error()
    {
        var path = Path.Combine(ConformanceFactAttribute.Folder!, "cel", "vectors.ndjson");
        var failures = new List<string>();
        var counts = new SortedDictionary<string, (int Passed, int All)>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path))
        {
            using var vector = JsonDocument.Parse(line);
            var file = vector.RootElement.GetProperty("file").GetString()!;
            var answer = CelEval.EvaluateLine(line);
            var passed = Agrees(vector.RootElement, answer);
            var count = counts.GetValueOrDefault(file);
            counts[file] = (count.Passed + (passed ? 1 : 0), count.All + 1);
            if (!passed)
                failures.Add($"{line}\n    -> {answer}");
        }
        foreach (var (file, count) in counts)
            output.WriteLine($"{file}: {count.Passed} of {count.All}");
        Assert.True(failures.Count == 0, $"{failures.Count} failed:\n{string.Join('\n', failures)}");
        Assert.True(counts.Values.Sum(count => count.All) >= 850);
    }

    private static bool Agrees(JsonElement vector, string answer)
    {
        using var given = JsonDocument.Parse(answer);
        return vector.TryGetProperty("value", out var wanted)
            ? given.RootElement.TryGetProperty("value", out var value) && Same(wanted, value)
            : given.RootElement.TryGetProperty("error", out _);
    }

    private static bool Same(JsonElement wanted, JsonElement given)
    {
        var (left, right) = (wanted.EnumerateObject().Single(), given.EnumerateObject().Single());
        if (left.Name != right.Name)
            return false;
        return left.Name switch
        {
            "double" => Number(left.Value).Equals(Number(right.Value)),
            "list" => SameItems(left.Value, right.Value),
            "map" => left.Value.GetArrayLength() == right.Value.GetArrayLength()
                && left.Value.EnumerateArray().All(entry => right.Value.EnumerateArray().Any(
                    other => Same(entry[0], other[0]) && Same(entry[1], other[1]))),
            _ => left.Value.ToString() == right.Value.ToString(),
        };
    }

    private static bool SameItems(JsonElement wanted, JsonElement given) =>
        wanted.GetArrayLength() == given.GetArrayLength()
        && wanted.EnumerateArray().Zip(given.EnumerateArray()).All(pair => Same(pair.First, pair.Second));

    private static double Number(JsonElement text) =>
        double.Parse(text.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
