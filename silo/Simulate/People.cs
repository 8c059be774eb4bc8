using System.Collections;
using System.Globalization;

namespace MallVip.Silo.Simulate;

/// <summary>The simulated members, who are made from their number when they first come.</summary>
internal sealed class People(int count)
{
    private readonly BitArray _known = new(count);

    /// <summary>The member's phone as a subject, a mainland number.</summary>
    public static string Phone(int member) =>
        string.Create(CultureInfo.InvariantCulture, $"phone:+86139{member:D8}");

    /// <summary>The member's car.</summary>
    public static string Plate(int member) =>
        string.Create(
            CultureInfo.InvariantCulture, $"沪{(char)('A' + member / 1_000_000)}{member % 1_000_000:D6}");

    /// <summary>Every third member drives.</summary>
    public static bool Drives(int member) => member % 3 == 0;

    /// <summary>True the first time for each member.</summary>
    public bool Meet(int member)
    {
        if (_known[member])
            return false;
        _known[member] = true;
        return true;
    }

    /// <summary>
    /// What a new member tells of themselves; one in ten was brought by a member who is there already.
    /// </summary>
    public SimulatedData.Registration Registration(int member, Random random)
    {
        var card = string.Create(CultureInfo.InvariantCulture, $"card:{member:D10}");
        string[] identities = Drives(member)
            ? [Phone(member), card, "plate:" + Plate(member)]
            : [Phone(member), card];
        var birthday = new DateOnly(1955, 1, 1).AddDays(random.Next(365 * 55));
        var other = random.Next(count);
        var brought = random.Next(10) == 0 && other != member && _known[other];
        return new SimulatedData.Registration(identities, birthday, brought ? Phone(other) : null);
    }
}
