using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MallVip.Rules.Facts;

/// <summary>Who pays for points, in whole percent; the parts sum to 100.</summary>
[JsonConverter(typeof(FundingJsonConverter))]
public sealed record Funding(int Mall, int Store, int Brand)
{
    /// <summary>What holds where nothing is said: the mall pays. It is written nowhere.</summary>
    public static Funding ByMall { get; } = new(100, 0, 0);

    /// <summary>Who may pay, in the order in which the parts are written.</summary>
    public static IReadOnlyList<string> Payers { get; } = ["mall", "store", "brand"];

    /// <summary><c>mall:40,brand:60</c>: the parts that are not 0.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(24);
        foreach (var (payer, percent) in Parts())
            text.Append(text.Length == 0 ? "" : ",").Append(payer).Append(':')
                .Append(percent.ToString(CultureInfo.InvariantCulture));
        return text.ToString();
    }

    /// <exception cref="FormatException">The text is no such list of parts.</exception>
    public static Funding Parse(string text)
    {
        var percents = new int[3];
        foreach (var part in text.Split(','))
            if (part.Split(':') is [var payer, var percent] && IndexOf(payer) is >= 0 and var at)
                percents[at] = int.Parse(percent, NumberStyles.None, CultureInfo.InvariantCulture);
            else
                throw new FormatException($"\"{part}\" is no payer's part.");
        return new(percents[0], percents[1], percents[2]);
    }

    private static int IndexOf(string payer)
    {
        for (var i = 0; i < Payers.Count; i++)
            if (Payers[i] == payer)
                return i;
        return -1;
    }

    private IEnumerable<(string Payer, int Percent)> Parts()
    {
        int[] percents = [Mall, Store, Brand];
        return Payers.Zip(percents).Where(part => part.Second != 0);
    }
}

/// <summary>Parts of payers are one text in a journal body.</summary>
public sealed class FundingJsonConverter : JsonConverter<Funding>
{
    public override Funding Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Funding.Parse(reader.GetString() ?? "");
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, Funding value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
