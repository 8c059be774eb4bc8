using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MallVip.Grains.Desk;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Silo.Replay;

/// <summary>The lines that <c>replay</c> writes: a stable contract for scripts.</summary>
public static class ReplayJson
{
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A line that changed nothing.</summary>
    public static string Problem(int line, string code) => Write(json =>
    {
        json.WriteNumber("line", line);
        json.WriteString("code", code);
    });

    /// <summary>
    /// A member. Always: balance + pending = earned - reversed - spent - expired + adjusted.
    /// </summary>
    public static string Member(MemberView view, Programme programme) => Write(json =>
    {
        var state = view.Snapshot.State;
        json.WriteString("member", state.Id!.Value.ToString());
        WriteStrings(json, "identities", view.Identities);
        json.WriteStartObject("wallets");
        foreach (var wallet in WalletIds(state, programme))
            WriteWallet(json, state.Wallets.FirstOrDefault(known => known.Wallet == wallet)
                ?? new WalletState(wallet));
        json.WriteEndObject();
        if (state.Tier is { } tier)
            json.WriteString("tier", tier.Tier);
        else
            json.WriteNull("tier");
        WriteStrings(json, "tags", state.Tags.Select(tag => tag.Tag).Order(StringComparer.Ordinal));
        json.WriteNumber("events", state.Events);
    });

    private static IEnumerable<string> WalletIds(MemberState state, Programme programme) =>
        programme.Wallets.Select(wallet => wallet.Id)
            .Concat(state.Wallets.Select(wallet => wallet.Wallet).Order(StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal);

    private static void WriteWallet(Utf8JsonWriter json, WalletState wallet)
    {
        json.WriteStartObject(wallet.Wallet);
        json.WriteNumber("balance", wallet.Balance.Value);
        json.WriteNumber("pending", wallet.Pending.Value);
        json.WriteNumber("earned", wallet.Earned.Value);
        json.WriteNumber("reversed", wallet.Reversed.Value);
        json.WriteNumber("spent", wallet.Spent.Value);
        json.WriteNumber("expired", wallet.Expired.Value);
        json.WriteNumber("adjusted", wallet.Adjusted.Value);
        json.WriteNumber("transferred", wallet.Transferred.Value);
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
